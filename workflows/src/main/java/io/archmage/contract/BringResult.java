package io.archmage.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of bringing work together that a task needs. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BringResult.Brought.class, name = "brought"),
  @JsonSubTypes.Type(value = BringResult.Blocked.class, name = "blocked")
})
public sealed interface BringResult {

  /** Where the branch is now. */
  String head();

  /** What became of the group's worktree; null where there is no group. */
  @Nullable
  WorktreeState worktree();

  /**
   * All of it is there.
   *
   * @param head where the branch is now
   * @param worktree what became of the group's worktree; null where there is no group
   */
  @Wire
  record Brought(String head, @Nullable WorktreeState worktree) implements BringResult {}

  /**
   * Some of it does not merge; what was merged before that stays.
   *
   * @param head where the branch is now
   * @param task the task whose work does not merge
   * @param conflicts what collides, not empty
   * @param worktree what became of the group's worktree; null where there is no group
   */
  @Wire
  record Blocked(
      String head,
      String task,
      List<FileConflict> conflicts,
      @Nullable WorktreeState worktree)
      implements
        BringResult {
    /** Copies the list. */
    public Blocked {
      conflicts = List.copyOf(conflicts);
    }
  }
}
