package io.archmage.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.archmage.contract.Wire;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a group of tasks stands.
 *
 * @param group what the plan calls it
 * @param title one line for people
 * @param epicId the same as {@code group} where the plan calls it an epic, else null
 * @param status where it stands
 * @param branch the short name of its branch
 * @param path where its worktree is, or null if there is none
 * @param tasks how many tasks belong to it
 * @param commit the head of the run that has its work, or null as long as there is none
 * @param because why it is not merged, or what is to be known of its worktree; mostly null
 */
@Wire
@JsonInclude(JsonInclude.Include.ALWAYS)
public record GroupReport(
    String group,
    String title,
    @Nullable String epicId,
    Status status,
    String branch,
    @Nullable String path,
    int tasks,
    @Nullable String commit,
    @Nullable String because) {

  /** Where a group stands. */
  public enum Status {
    /** Its tasks work, or are still to. */
    ACTIVE,
    /** All its tasks have ended, and its branch is being merged. */
    MERGING,
    /** Its work is in the run's branch. */
    MERGED,
    /** Its work does not merge with the run's, or was left unmerged. */
    CONFLICT,
    /** There was nothing to merge; its branch is gone. */
    REMOVED;

    /** The name in documents: lower case. */
    @JsonValue
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
