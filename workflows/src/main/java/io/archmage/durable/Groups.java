package io.archmage.durable;

import io.archmage.contract.PreparedFamiliar;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedTask;
import io.archmage.plan.FamiliarName;
import io.archmage.report.GroupReport;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a run. The scheduler knows the merge of each as one more step of the plan's own,
 * behind all tasks: it comes when every task of the group has ended, before anything else that is
 * ready, and can wait for a person as tasks do.
 */
final class Groups {

  private final List<PreparedTask> tasks;
  private final List<GroupState> groups = new ArrayList<>();
  private final List<PreparedTask> merges = new ArrayList<>();

  Groups(PreparedPlan plan, List<PreparedTask> tasks) {
    this.tasks = tasks;
    SortedSet<String> ids = new TreeSet<>(tasks.stream().map(PreparedTask::id).toList());
    for (int group = 0; group < plan.groups().size(); group++) {
      List<Integer> members = members(group);
      groups.add(new GroupState(plan.groups().get(group), members.size()));
      merges.add(merge(plan, group, members, ids));
    }
  }

  private List<Integer> members(int group) {
    List<Integer> members = new ArrayList<>();
    for (int task = 0; task < tasks.size(); task++) {
      Integer own = tasks.get(task).group();
      if (own != null && own == group) {
        members.add(task);
      }
    }
    return members;
  }

  private PreparedTask merge(
      PreparedPlan plan, int group, List<Integer> members, SortedSet<String> ids) {
    String id = plan.groups().get(group).name();
    while (!ids.add(id)) {
      id += "-merge";
    }
    int stage = members.stream().mapToInt(member -> tasks.get(member).stage()).max().orElse(0);
    return new PreparedTask(
        id,
        "merge " + plan.groups().get(group).title(),
        archmage(plan.familiars()),
        List.of(),
        members,
        stage,
        0,
        group - plan.groups().size(),
        1,
        1,
        null,
        false,
        List.of());
  }

  private static int archmage(List<PreparedFamiliar> familiars) {
    for (int familiar = 0; familiar < familiars.size(); familiar++) {
      if (familiars.get(familiar).name().equals(FamiliarName.ARCHMAGE.value())) {
        return familiar;
      }
    }
    throw new IllegalArgumentException("a plan with groups takes steps of its own");
  }

  /** The merges as the scheduler's last tasks, one for each group in their order. */
  List<PreparedTask> merges() {
    return merges;
  }

  List<GroupState> all() {
    return groups;
  }

  /** The group that the task belongs to, or null. */
  @Nullable
  GroupState of(PreparedTask task) {
    return task.group() == null || groups.isEmpty() ? null : groups.get(task.group());
  }

  /** The group whose branch has the task's work, or null where the run's has it. */
  @Nullable
  GroupState holding(PreparedTask task) {
    GroupState group = of(task);
    return group == null || group.over() ? null : group;
  }

  /** The group that the scheduler's task of that number merges. */
  GroupState mergedBy(int task) {
    return groups.get(task - tasks.size());
  }

  /** The tasks of a group. */
  List<Integer> members(GroupState group) {
    return merges.get(groups.indexOf(group)).after();
  }

  /** Whether work of a group that succeeded is not in the run's head. */
  boolean unmerged() {
    return groups.stream().anyMatch(group -> !group.over());
  }

  List<GroupReport> reports() {
    return groups.stream().map(GroupState::report).toList();
  }
}
