package io.archmage.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a group's branch to be merged into the run's, and to be put away then.
 *
 * @param run the run
 * @param repository absolute path of the repository
 * @param group the group
 * @param groupHead where its branch is as the workflow knows it; people may have added to it
 * @param knownHead the run's head as the workflow knows it; an earlier try can only be newer
 * @param members ids of the tasks whose work is on the branch
 * @param squash whether the run's head gets one commit with one parent
 * @param resolution how a person wants a conflict to end, or null to merge by the rules
 */
@Wire
public record GroupMergeRequest(
    RunKey run,
    String repository,
    PreparedGroup group,
    String groupHead,
    String knownHead,
    List<String> members,
    boolean squash,
    @Nullable Resolution resolution) {

  /** Copies the list. */
  public GroupMergeRequest {
    members = List.copyOf(members);
  }
}
