package io.archmage.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What came of a rollback. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RollbackResult.Undone.class, name = "undone"),
  @JsonSubTypes.Type(value = RollbackResult.Stopped.class, name = "stopped")
})
public sealed interface RollbackResult {

  /**
   * The work is out of the head.
   *
   * @param head the head without it
   * @param files paths that changed by that, sorted, at most {@value AttemptResult#MAX_FILES}
   */
  @Wire
  record Undone(String head, List<String> files) implements RollbackResult {
    /** Copies the list. */
    public Undone {
      files = List.copyOf(files);
    }
  }

  /**
   * Nothing was undone, because one of the tasks cannot be taken out of what was merged later.
   *
   * @param task that task's id
   * @param conflicts what collides, with the task whose later work it is, not empty
   */
  @Wire
  record Stopped(String task, List<FileConflict> conflicts) implements RollbackResult {
    /** Copies the list. */
    public Stopped {
      conflicts = List.copyOf(conflicts);
    }
  }
}
