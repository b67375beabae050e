package io.archmage.durable;

import io.archmage.contract.OpenedRun;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.RollbackRequest;
import io.archmage.contract.RollbackResult;
import io.archmage.contract.RunActivities;
import io.archmage.schedule.Decision;
import io.archmage.schedule.SchedulerEvent;
import io.archmage.schedule.TaskStatus;
import io.temporal.workflow.Async;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the work of failed chains out of the run's head, in turn with the merges. Like all that a
 * run does it happens in the run's detached scope, so a cancelled run still ends what it began.
 */
final class Rollbacks {

  private final OpenedRun opened;
  private final PreparedPlan plan;
  private final RunLedger ledger;
  private final HeadQueue heads;
  private final Consumer<SchedulerEvent> events;

  Rollbacks(
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

  void start(Decision.Rollback rollback) {
    ledger.tell(
        Clocks.now(),
        "rollback_started",
        id(rollback.because()),
        "undoes " + names(rollback) + ": " + id(rollback.because()) + " failed");
    heads.add(() -> undo(rollback));
  }

  private Promise<?> undo(Decision.Rollback rollback) {
    SortedMap<String, List<Integer>> branches = new TreeMap<>();
    for (int task : rollback.tasks()) {
      if (ledger.record(task).mergedAs != null) {
        branches.computeIfAbsent(branch(task), key -> new ArrayList<>()).add(task);
      }
    }
    if (branches.isEmpty()) {
      undone(rollback);
      return Workflow.newPromise(true);
    }
    CompletablePromise<Boolean> done = Workflow.newPromise();
    undo(rollback, new ArrayDeque<>(branches.values()), done);
    return done;
  }

  /** The branch with the task's work: its group's until that is merged, else the run's. */
  private String branch(int task) {
    GroupState group = ledger.groups.holding(ledger.record(task).task);
    return group == null ? "" : group.group.name();
  }

  /** Undoes what is on the first branch, then on the others. */
  private void undo(
      Decision.Rollback rollback, Deque<List<Integer>> branches, CompletablePromise<Boolean> done) {
    List<Integer> tasks = branches.removeFirst();
    List<RollbackRequest.Work> merges =
        tasks.stream()
            .map(ledger::record)
            .map(
                record -> new RollbackRequest.Work(
                    record.task.id(), Objects.requireNonNull(record.mergedAs)))
            .toList();
    TaskRecord first = ledger.record(tasks.getFirst());
    String branch = branch(tasks.getFirst());
    RunActivities git =
        Workflow.newActivityStub(
            RunActivities.class,
            ActivityPolicies.gitStep(opened.queue(), "undo " + names(rollback)));
    Async.function(
        git::rollBack,
        new RollbackRequest(
            plan.run(),
            opened.repository(),
            rollback.number(),
            id(rollback.because()),
            merges,
            included(rollback, branch),
            ledger.headFor(first),
            branch.isEmpty() ? null : branch))
        .handle(
            (result, failure) -> {
              boolean goesOn = ended(rollback, first, branches.isEmpty(), result, failure);
              if (goesOn && !branches.isEmpty()) {
                undo(rollback, branches, done);
              } else {
                done.complete(true);
              }
              return null;
            });
  }

  /** Attempts that stay and made what others had made before them, so that no merge shows it. */
  private List<RollbackRequest.Work> included(Decision.Rollback rollback, String branch) {
    List<RollbackRequest.Work> included = new ArrayList<>();
    for (int task = 0; task < ledger.size(); task++) {
      TaskRecord record = ledger.record(task);
      if (ledger.state().status(task) == TaskStatus.SUCCEEDED
          && !rollback.tasks().contains(task)
          && branch(task).equals(branch)
          && record.mergedAs == null
          && record.result != null
          && record.result.commit() != null) {
        included.add(new RollbackRequest.Work(record.task.id(), record.result.commit()));
      }
    }
    return included;
  }

  /** Returns whether the branch lacks the work now. */
  private boolean ended(
      Decision.Rollback rollback,
      TaskRecord first,
      boolean last,
      @Nullable RollbackResult result,
      @Nullable RuntimeException failure) {
    switch (result) {
      case RollbackResult.Undone done -> {
        ledger.headIs(first, done.head());
        if (last) {
          undone(rollback);
        }
        return true;
      }
      case RollbackResult.Stopped stopped ->
        stopped(
            rollback,
            "undoing " + stopped.task() + " does not fit what was merged later: "
                + ConflictText.files(stopped.task(), stopped.conflicts()));
      case null -> stopped(rollback, Failures.reason(failure));
    }
    return false;
  }

  private void undone(Decision.Rollback rollback) {
    Instant now = Clocks.now();
    String because =
        "undone because "
            + id(rollback.because())
            + " failed and nothing else that needs it succeeded; its work is kept in its"
            + " attempt's ref";
    for (int task : rollback.tasks()) {
      ledger.record(task).undone(because);
      ledger.tell(now, "task_rolled_back", id(task), because);
    }
    ledger.rolledBack();
    ledger.tell(
        now,
        "rolled_back",
        id(rollback.because()),
        "undid " + names(rollback) + "; the head is now " + Checkpoints.shorten(ledger.head()));
    events.accept(new SchedulerEvent.RolledBack(rollback.number(), now));
  }

  private void stopped(Decision.Rollback rollback, String reason) {
    Instant now = Clocks.now();
    String text =
        "Not undone although " + id(rollback.because()) + " failed: " + names(rollback) + "; "
            + reason;
    ledger.note(text);
    ledger.tell(now, "rollback_stopped", id(rollback.because()), text);
    events.accept(new SchedulerEvent.RollbackStopped(rollback.number(), now));
  }

  private String id(int task) {
    return ledger.record(task).task.id();
  }

  private String names(Decision.Rollback rollback) {
    return WaitText.names(rollback.tasks(), ledger);
  }
}
