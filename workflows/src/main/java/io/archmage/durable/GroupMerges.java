package io.archmage.durable;

import io.archmage.contract.GroupMergeRequest;
import io.archmage.contract.GroupMergeResult;
import io.archmage.contract.IntegrationResult;
import io.archmage.contract.OpenedRun;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.RunActivities;
import io.archmage.report.GroupReport;
import io.archmage.report.MergeReport;
import io.archmage.schedule.SchedulerEvent;
import io.archmage.schedule.TaskStatus;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Merges the branches of groups whose tasks have all ended into the run's branch. */
final class GroupMerges {

  private final OpenedRun opened;
  private final PreparedPlan plan;
  private final RunLedger ledger;
  private final HeadQueue heads;
  private final Consumer<SchedulerEvent> events;
  private int underWay;

  GroupMerges(
      OpenedRun opened,
      PreparedPlan plan,
      RunLedger ledger,
      HeadQueue heads,
      Consumer<SchedulerEvent> events) {
    this.opened = opened;
    this.plan = plan;
    this.ledger = ledger;
    this.heads = heads;
    this.events = events;
  }

  /** Merges the group of that step, in turn with all else that moves heads. */
  void add(int task) {
    ledger.groups.mergedBy(task).status = GroupReport.Status.MERGING;
    underWay++;
    heads.add(() -> merge(task));
  }

  /** A person leaves the group as it is. */
  void left(int task) {
    GroupState group = ledger.groups.mergedBy(task);
    group.status = GroupReport.Status.CONFLICT;
    group.because = "a person left it unmerged; its work is on branch " + group.group.name();
  }

  /**
   * Merges what a run leaves that was cancelled or ended at a failure: what was merged into a group
   * comes to the run's branch as what was merged without a group did. Nobody is asked.
   */
  void finish() {
    for (int task = ledger.size(); task < ledger.sizeWithMerges(); task++) {
      GroupState group = ledger.groups.mergedBy(task);
      if (!group.over() && group.because == null) {
        add(task);
      }
    }
    Workflow.await(() -> underWay == 0);
    ledger.groups
        .all()
        .stream()
        .filter(group -> !group.over())
        .forEach(
            group -> ledger.note(
                "Group " + group.group.id() + " is not merged: " + group.because));
  }

  private Promise<?> merge(int task) {
    GroupState group = ledger.groups.mergedBy(task);
    TaskRecord record = ledger.record(task);
    RunActivities git =
        Workflow.newActivityStub(
            RunActivities.class,
            ActivityPolicies.gitStep(opened.queue(), "merge group " + group.group.name()));
    Instant begun = Clocks.now();
    List<String> members =
        ledger.groups
            .members(group)
            .stream()
            .filter(member -> ledger.state().status(member) == TaskStatus.SUCCEEDED)
            .map(member -> ledger.record(member).task.id())
            .toList();
    return Async.function(
        git::mergeGroup,
        new GroupMergeRequest(
            plan.run(),
            opened.repository(),
            group.group,
            group.head,
            ledger.head(),
            members,
            plan.linear(),
            record.answer == null ? null : record.answer.resolution))
        .handle((result, failure) -> ended(task, begun, result, failure));
  }

  private @Nullable Void ended(
      int task,
      Instant begun,
      @Nullable GroupMergeResult result,
      @Nullable RuntimeException failure) {
    underWay--;
    Instant now = Clocks.now();
    TaskRecord record = ledger.record(task);
    GroupState group = ledger.groups.mergedBy(task);
    record.mergeMs += Duration.between(begun, now).toMillis();
    if (result == null) {
      String because = "the group could not be merged: " + Failures.reason(failure);
      refuse(record, because);
      record.because = because;
      conflict(group, because, now);
      events.accept(new SchedulerEvent.IntegrationFailed(task, now));
      return null;
    }
    group.head = result.groupHead();
    group.worktree(result.worktree());
    record.result = OwnStep.result(now, result.groupHead());
    events.accept(told(task, record, group, result.result(), now));
    return null;
  }

  private SchedulerEvent told(
      int task, TaskRecord record, GroupState group, IntegrationResult result, Instant now) {
    return switch (result) {
      case IntegrationResult.Merged merged -> {
        merged(record, group, merged, now);
        yield new SchedulerEvent.Integrated(task, now);
      }
      case IntegrationResult.Conflicted conflict -> {
        record.conflicted(conflict);
        String because =
            "Merge conflict in " + named(group) + ": "
                + ConflictText.files(group.group.name(), conflict.conflicts());
        record.because = because;
        refuse(record, because);
        conflict(group, because, now);
        yield SchedulerEvent.Conflicted.forAPerson(task, now);
      }
      case IntegrationResult.Refused refused -> {
        if (refused.conflict() != null) {
          record.conflicted(refused.conflict());
        } else {
          record.because = refused.because();
        }
        refuse(record, refused.because());
        conflict(group, refused.because(), now);
        yield SchedulerEvent.Conflicted.forAPerson(task, now);
      }
      case IntegrationResult.ProtectedPaths paths -> {
        record.protectedPaths(paths);
        conflict(group, String.valueOf(record.because), now);
        yield new SchedulerEvent.IntegrationFailed(task, now);
      }
    };
  }

  private void merged(
      TaskRecord record, GroupState group, IntegrationResult.Merged merged, Instant now) {
    boolean nothing = merged.how().equals("unchanged");
    ledger.headIs(merged.head());
    group.status = nothing ? GroupReport.Status.REMOVED : GroupReport.Status.MERGED;
    group.commit = nothing ? null : merged.head();
    group.because = null;
    if (record.answer != null) {
      record.answer.carriedOut();
    }
    record.integrated(
        new MergeReport(
            "merged",
            merged.how(),
            merged.files(),
            List.of(),
            merged.structural(),
            merged.unchecked()),
        now);
    ledger.tell(
        now,
        nothing ? "group_removed" : "group_merged",
        null,
        "group " + group.group.id() + ", branch " + group.group.name()
            + (nothing ? ", had nothing to merge"
                : ", " + MergeQueue.filesIn(merged.files().size())));
  }

  private void conflict(GroupState group, String because, Instant now) {
    group.status = GroupReport.Status.CONFLICT;
    group.because = because + "; its work is on branch " + group.group.name();
    ledger.tell(
        now,
        "group_conflict",
        null,
        because);
  }

  private static String named(GroupState group) {
    return (group.group.epic() ? "epic " : "group ") + group.group.id();
  }

  private static void refuse(TaskRecord record, String because) {
    if (record.answer != null) {
      record.answer.refused(because);
    }
  }
}
