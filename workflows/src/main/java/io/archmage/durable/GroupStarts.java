package io.archmage.durable;

import io.archmage.contract.BringRequest;
import io.archmage.contract.BringResult;
import io.archmage.contract.OpenedRun;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.RunActivities;
import io.archmage.plan.FamiliarName;
import io.archmage.schedule.SchedulerEvent;
import io.archmage.schedule.TaskStatus;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets tasks start from a head that has what they need: what tasks of other groups made is merged
 * into their own branch first.
 */
final class GroupStarts {

  private final OpenedRun opened;
  private final PreparedPlan plan;
  private final RunLedger ledger;
  private final HeadQueue heads;
  private final Consumer<SchedulerEvent> events;
  private final SortedSet<String> broughtToRun = new TreeSet<>();
  private final Deque<Supplier<Promise<?>>> asked = new ArrayDeque<>();
  private final SortedSet<Integer> waiting = new TreeSet<>();
  private final SortedSet<Integer> cancelled = new TreeSet<>();

  GroupStarts(
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

  /** Begins the task when what it needs is in its branch, at once where nothing is missing. */
  void start(int task, Runnable begin) {
    TaskRecord record = ledger.record(task);
    GroupState group = ledger.groups.of(record.task);
    boolean opens =
        group != null
            && !group.opened
            && !record.familiar.equals(FamiliarName.ARCHMAGE.value());
    if (ledger.isMerge(task) || !opens && missing(record, group).isEmpty()) {
      begin.run();
      return;
    }
    if (group != null) {
      group.opened |= opens;
    }
    waiting.add(task);
    asked.addLast(() -> bring(task, begin, opens));
  }

  /**
   * Queues what was asked for, behind the merges of groups that came due in the same moment: what a
   * task needs comes into the run with its whole group then.
   */
  void goOn() {
    while (!asked.isEmpty()) {
      heads.add(asked.removeFirst());
    }
  }

  /** Whether the task has not begun yet; it then never does. */
  boolean cancel(int task) {
    return waiting.contains(task) && cancelled.add(task);
  }

  private Promise<?> bring(int task, Runnable begin, boolean opens) {
    TaskRecord record = ledger.record(task);
    GroupState group = ledger.groups.of(record.task);
    List<BringRequest.Work> works = missing(record, group);
    if (works.isEmpty() && !opens) {
      // Its group, or what it waited for, was merged meanwhile.
      record.base = ledger.headFor(record);
      finish(task, begin, null, null);
      return Workflow.newPromise(true);
    }
    RunActivities git =
        Workflow.newActivityStub(
            RunActivities.class,
            ActivityPolicies.gitStep(opened.queue(), "bring together for " + record.task.id()));
    return Async.function(
        git::bring,
        new BringRequest(
            plan.run(),
            opened.repository(),
            group == null ? null : group.group.name(),
            record.task.id(),
            ledger.headFor(record),
            works,
            plan.linear() && group == null))
        .handle((result, failure) -> ended(task, begin, works, result, failure));
  }

  /** What others made that the task needs, or comes after, and that its branch may lack. */
  private List<BringRequest.Work> missing(TaskRecord record, @Nullable GroupState group) {
    List<BringRequest.Work> works = new ArrayList<>();
    if (ledger.groups.all().isEmpty()) {
      return works;
    }
    SortedSet<String> known = new TreeSet<>(group == null ? broughtToRun : group.brought);
    known.add(plan.baseCommit());
    List<Integer> before = new ArrayList<>(record.task.needs());
    before.addAll(record.task.after());
    for (int earlier : before) {
      TaskRecord other = ledger.record(earlier);
      GroupState from = ledger.groups.of(other.task);
      boolean here = from == group || group == null && from != null && from.over();
      if (!here
          && ledger.state().status(earlier) == TaskStatus.SUCCEEDED
          && other.lineHead != null
          && known.add(other.lineHead)) {
        works.add(new BringRequest.Work(other.task.id(), other.lineHead));
      }
    }
    return works;
  }

  private @Nullable Void ended(
      int task,
      Runnable begin,
      List<BringRequest.Work> works,
      @Nullable BringResult result,
      @Nullable RuntimeException failure) {
    TaskRecord record = ledger.record(task);
    GroupState group = ledger.groups.of(record.task);
    if (result != null) {
      moved(record, group, result.head());
      if (group != null) {
        group.worktree(result.worktree());
      }
    }
    Instant now = Clocks.now();
    switch (result) {
      case BringResult.Brought brought -> {
        SortedSet<String> known = group == null ? broughtToRun : group.brought;
        works.forEach(work -> known.add(work.commit()));
        finish(task, begin, null, null);
      }
      case BringResult.Blocked blocked ->
        finish(
            task,
            begin,
            blocked(record, group, blocked),
            new SchedulerEvent.StartBlocked(task, now));
      case null ->
        finish(
            task,
            begin,
            "what it needs was not merged: " + Failures.reason(failure),
            new SchedulerEvent.AttemptFailed(task, false, now));
    }
    return null;
  }

  private void finish(
      int task, Runnable begin, @Nullable String problem, @Nullable SchedulerEvent event) {
    waiting.remove(task);
    TaskRecord record = ledger.record(task);
    Instant now = Clocks.now();
    if (cancelled.remove(task)) {
      String stop = StopText.of(ledger);
      record.lost(stop == null ? StopText.CANCELLED : stop, now);
      events.accept(new SchedulerEvent.AttemptCancelled(task, now));
    } else if (problem == null || event == null) {
      begin.run();
    } else {
      record.lost(problem, now);
      ledger.tell(now, "start_blocked", record.task.id(), problem);
      events.accept(event);
    }
  }

  private void moved(TaskRecord record, @Nullable GroupState group, String head) {
    if (group == null) {
      ledger.headIs(head);
    } else {
      group.head = head;
    }
    record.base = head;
  }

  private String blocked(
      TaskRecord record, @Nullable GroupState group, BringResult.Blocked blocked) {
    String branch = group == null ? plan.branch() : group.group.name();
    return "it needs the work of "
        + blocked.task()
        + ", which does not merge with branch "
        + branch
        + ": "
        + ConflictText.files(blocked.task(), blocked.conflicts())
        + "; merge "
        + ledger
            .indexOf(blocked.task())
            .stream()
            .mapToObj(task -> String.valueOf(ledger.record(task).lineHead))
            .findFirst()
            .orElse("it")
        + " into that branch by hand"
        + (group == null || group.path == null ? "" : " in " + group.path)
        + ", then retry "
        + record.task.id();
  }
}
