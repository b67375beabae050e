package io.archmage.plan;

import java.util.Locale;

/** Every kind of mistake a plan can have, with its stable name in documents. */
public enum ProblemCode {
  /** The document has no content. */
  EMPTY_DOCUMENT,
  /** The document is larger than a plan may be. */
  TOO_LARGE,
  /** The document is not UTF-8. */
  INVALID_ENCODING,
  /** A character that no document may contain. */
  INVALID_CHARACTER,
  /** The JSON cannot be parsed. */
  INVALID_JSON,
  /** The YAML cannot be parsed. */
  INVALID_YAML,
  /** One mapping has a key twice. */
  DUPLICATE_KEY,
  /** A key that is not plain text. */
  INVALID_KEY,
  /** More than one document in one file. */
  SEVERAL_DOCUMENTS,
  /** The whole document is not a mapping of keys to values. */
  NOT_A_MAPPING,
  /** Lists and mappings are nested too deeply. */
  NESTED_TOO_DEEPLY,
  /** A YAML alias that names nothing, itself, or too much. */
  INVALID_ALIAS,
  /** A YAML tag that has no meaning here. */
  UNSUPPORTED_TAG,
  /** A value of another type than its key takes. */
  WRONG_TYPE,
  /** A value of the right type that its key does not take. */
  INVALID_VALUE,
  /** A text that is no duration. */
  INVALID_DURATION,
  /** A number or duration that is too small or too large. */
  OUT_OF_RANGE,
  /** A required key is missing. */
  MISSING_KEY,
  /** A key that nobody reads. */
  UNKNOWN_KEY,
  /** Two keys that say the same thing. */
  CONFLICTING_KEYS,
  /** A key that belongs to another form of plan. */
  MISPLACED_KEY,
  /** An execution that does not exist. */
  UNKNOWN_EXECUTION,
  /** A form of plan that this version does not run. */
  UNSUPPORTED_FORM,
  /** A key or value that this version does not run. */
  UNSUPPORTED,
  /** A plan or stage without tasks. */
  NO_TASKS,
  /** More tasks than one plan may have. */
  TOO_MANY_TASKS,
  /** More inferred edges than one plan may have. */
  TOO_MANY_EDGES,
  /** Two tasks with one id. */
  DUPLICATE_ID,
  /** A familiar that nobody knows. */
  UNKNOWN_FAMILIAR,
  /** A known familiar that cannot run here. */
  NO_COMMAND,
  /** A resource that is not configured. */
  UNKNOWN_RESOURCE,
  /** A task that needs more of a resource than there is. */
  EXCEEDS_CAPACITY,
  /** A task id that no task has. */
  UNKNOWN_TASK,
  /** A task that depends on itself. */
  SELF_DEPENDENCY,
  /** One dependency stated as hard and as soft. */
  DUPLICATE_DEPENDENCY,
  /** Two results with one name. */
  DUPLICATE_OUTPUT_KEY,
  /** A named result that no task makes in time. */
  UNKNOWN_INPUT,
  /** Tasks that depend on each other. */
  CIRCULAR_DEPENDENCY,
  /** Two stages with one number. */
  DUPLICATE_STAGE,
  /** A dependency on a task of a later stage. */
  LATER_STAGE,
  /** A path that is not a path inside the repository. */
  INVALID_PATH,
  /** A file or directory that the repository does not have. */
  MISSING_FILE,
  /** Partitions of which one contains the other. */
  OVERLAPPING_PARTITIONS,
  /** A description too long for a command line. */
  DESCRIPTION_TOO_LONG,
  /** Tasks that shall overlap but cannot. */
  NOT_PARALLEL,
  /** Tasks that shall overlap but may write the same file. */
  OVERLAPPING_OUTPUTS,
  /** Tasks whose outputs are not declared; a warning. */
  UNKNOWN_OUTPUTS;

  /** The name in documents: lower case with underscores. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
