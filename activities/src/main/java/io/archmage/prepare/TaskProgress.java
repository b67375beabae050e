package io.archmage.prepare;

import io.archmage.git.CommitId;
import io.archmage.plan.TaskSpec;
import org.jspecify.annotations.Nullable;

/**
 * How far a task of a lost run came, as far as its repository tells.
 *
 * @param task as the plan states it
 * @param state how far
 * @param attempts attempts that left something, 0 for none
 * @param commit the commit of the run's branch that integrated it, or null
 * @param log the object with its output, to be handed on; null unless it is done and has one
 */
public record TaskProgress(
    TaskSpec task,
    State state,
    int attempts,
    @Nullable CommitId commit,
    @Nullable CommitId log) {

  /** How far a task came. */
  public enum State {
    /** Its work is on the run's branch. */
    INTEGRATED("integrated"),
    /** An attempt succeeded and left nothing to integrate. */
    UNCHANGED("succeeded without changes"),
    /** It is a step of the plan's own, which starts nothing. */
    OWN_STEP("a step of the plan's own"),
    /** Its work was on the branch, and a rollback took it away. */
    UNDONE("undone by a rollback"),
    /** The newest attempt succeeded; its work is not on the branch. */
    NOT_MERGED("succeeded, not merged"),
    /** The newest attempt failed. */
    FAILED("failed"),
    /** There are attempts; how the newest ended is not recorded. */
    UNKNOWN("tried, end unknown"),
    /** Nothing of it is there. */
    NOT_BEGUN("not begun");

    private final String words;

    State(String words) {
      this.words = words;
    }

    /** What it is called for people. */
    public String words() {
      return words;
    }

    /** Whether it need not be invoked again. */
    public boolean done() {
      return switch (this) {
        case INTEGRATED, UNCHANGED, OWN_STEP -> true;
        case UNDONE, NOT_MERGED, FAILED, UNKNOWN, NOT_BEGUN -> false;
      };
    }
  }
}
