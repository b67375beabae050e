package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.TaskTrailers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;

/**
 * A group whose branch is to be merged into its run's.
 *
 * @param id what the plan calls it
 * @param title one line for people
 * @param name the short name of its branch
 * @param knownGroupHead where its branch was
 * @param knownHead where the run's branch was; how far back a repeat looks
 * @param members ids of the tasks whose work it has
 * @param squash whether the run's branch gets one commit with one parent
 * @param decision how a person wants a conflict to end, or empty to merge by the rules
 */
public record GroupMerge(
    String id,
    String title,
    String name,
    CommitId knownGroupHead,
    CommitId knownHead,
    List<String> members,
    boolean squash,
    Optional<Decision> decision) {

  /** Names the group that a commit of the run's branch merges. */
  public static final String GROUP = "Group";

  /** Names the tasks whose work such a commit brings, one per line. */
  public static final String MEMBERS = "Members";

  /** Names the head that such a commit took in, which is no parent of one that was squashed. */
  static final String HEAD = "Head";

  private static final int LONGEST_SUMMARY = 60;

  /** Copies the list. */
  public GroupMerge {
    members = List.copyOf(members);
  }

  /** The full name of the group's branch. */
  public String branch() {
    return Constants.R_HEADS + name;
  }

  /** The tasks that a commit with that message brings as the merge of a group; mostly none. */
  public static List<String> members(String message) {
    Map<String, String> values = TaskTrailers.values(message);
    return values.containsKey(GROUP)
        ? values.getOrDefault(MEMBERS, "").lines().toList()
        : List.of();
  }

  /** The head of a branch that a commit with that message took in; mostly none. */
  public static Optional<CommitId> head(String message) {
    return Optional.ofNullable(TaskTrailers.values(message).get(HEAD))
        .filter(hex -> hex.matches("[0-9a-f]{40}"))
        .map(CommitId::new);
  }

  /** The message of the commit that merges it. */
  String message(GroupWork work, CommitId groupHead) {
    Map<String, String> trailers = work.trailers();
    trailers.put(GROUP, id);
    trailers.put(MEMBERS, String.join("\n", members));
    trailers.put(HEAD, groupHead.hex());
    return TaskTrailers.message(TaskTrailers.subject(name, summary()), trailers);
  }

  /** A group that has no name of its own is told by its tasks. */
  private String summary() {
    if (!title.equals(id)) {
      return title;
    }
    String all = String.join(", ", members);
    return all.length() <= LONGEST_SUMMARY ? all : all.substring(0, LONGEST_SUMMARY - 1) + "…";
  }
}
