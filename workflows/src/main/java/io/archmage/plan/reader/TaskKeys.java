package io.archmage.plan.reader;

import io.archmage.plan.document.Key;
import java.util.List;

/**
 * The keys of a task with their aliases. This table is the source of the documented one.
 *
 * <table>
 * <caption>Names that mean the same</caption>
 * <tr><td>{@code familiar}</td><td>{@code worker}, {@code agent}, {@code specialist}</td></tr>
 * <tr><td>{@code description}</td><td>{@code prompt}</td></tr>
 * <tr><td>{@code outputs}</td><td>{@code file}, {@code files}, {@code modifies}, {@code creates};
 *     several of them are joined</td></tr>
 * <tr><td>{@code depends_on}</td><td>{@code dependencies}, {@code depends}, {@code deps}</td></tr>
 * <tr><td>{@code group}</td><td>{@code epic}, {@code epic_id}, {@code parallel_group}, {@code
 *     scope}</td></tr>
 * <tr><td>{@code estimate}</td><td>{@code duration_s} (number of seconds), {@code task_minutes}
 *     (number of minutes)</td></tr>
 * </table>
 */
public final class TaskKeys {

  /** The unique name. */
  public static final Key ID = Key.of("id");

  /** Who does it. */
  public static final Key FAMILIAR = Key.of("familiar", "worker", "agent", "specialist");

  /** The kind of work. */
  public static final Key ACTION = Key.of("action");

  /** What to do. */
  public static final Key DESCRIPTION = Key.of("description", "prompt");

  /** A file with the prompt. */
  public static final Key PROMPT_FILE = Key.of("prompt_file");

  /** Files it may write. */
  public static final Key OUTPUTS = Key.of("outputs", "file", "files", "modifies", "creates");

  /** Files it reads. */
  public static final Key INPUTS = Key.of("inputs");

  /** Tasks it depends on. */
  public static final Key DEPENDS_ON = Key.of("depends_on", "dependencies", "depends", "deps");

  /** The type of dependencies that state none. */
  public static final Key DEPENDENCY_TYPE = Key.of("dependency_type");

  /** The name under which its output is handed on. */
  public static final Key OUTPUT_KEY = Key.of("output_key");

  /** Names of outputs it is handed. */
  public static final Key INPUT_FROM = Key.of("input_from");

  /** Tasks it is asserted to overlap with. */
  public static final Key PARALLEL_WITH = Key.of("parallel_with");

  /** Its urgency. */
  public static final Key PRIORITY = Key.of("priority");

  /** The expected run time with its unit. */
  public static final Key ESTIMATE = Key.of("estimate");

  /** The expected run time in seconds. */
  public static final Key DURATION_S = Key.of("duration_s");

  /** The expected run time in minutes. */
  public static final Key TASK_MINUTES = Key.of("task_minutes");

  /** Whether its changes are discarded. */
  public static final Key READ_ONLY = Key.of("read_only");

  /** The longest run of one attempt. */
  public static final Key TIMEOUT = Key.of("timeout");

  /** The longest silence of one attempt. */
  public static final Key STALL_TIMEOUT = Key.of("stall_timeout");

  /** Why its dependencies exist. */
  public static final Key REASON = Key.of("reason");

  /** The group that it shares a branch with. */
  public static final Key GROUP = Key.of("group", "epic", "epic_id", "parallel_group", "scope");

  /** What it holds of the named resources while it runs. */
  public static final Key RESOURCES = Key.of("resources");

  /** Bars of a drawn timeline: accepted and without effect. */
  public static final Key DRAWN = Key.of("drawn_s");

  /** Keys of tasks that this version does not run: each is refused by name. */
  public static final List<Key> UNSUPPORTED =
      List.of(
          Key.of("small"),
          Key.of("verify"),
          Key.of("approval"),
          Key.of("simulate"));

  private TaskKeys() {}
}
