package io.archmage.durable;

import io.archmage.contract.AttemptResult;
import io.archmage.contract.IntegrateRequest;
import io.archmage.contract.IntegrationResult;
import io.archmage.contract.OpenedRun;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.RunActivities;
import io.archmage.report.MergeReport;
import io.archmage.schedule.SchedulerEvent;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Merges attempts on to the run's branch, in the order in which they ended. */
final class MergeQueue {

  private record Item(int task, int attempt) {}

  private final OpenedRun opened;
  private final PreparedPlan plan;
  private final RunLedger ledger;
  private final Consumer<SchedulerEvent> events;
  private final HeadQueue heads;

  MergeQueue(
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

  void add(int task, int attempt) {
    TaskRecord record = ledger.record(task);
    if (Objects.requireNonNull(record.result).commit() == null) {
      Instant now = Clocks.now();
      record.integrated(new MergeReport("unchanged", "none", List.of(), List.of()), now);
      record.lineHead = ledger.headFor(record);
      ledger.tell(now, "task_succeeded", record.task.id(), "nothing changed");
      events.accept(new SchedulerEvent.Integrated(task, now));
      return;
    }
    heads.add(() -> merge(new Item(task, attempt)));
  }

  private Promise<?> merge(Item item) {
    TaskRecord record = ledger.record(item.task());
    IntegrateRequest request = request(record, item);
    String summary = "merge " + record.task.id();
    RunActivities git =
        isServedHere() && isForward(request)
            ? Workflow.newLocalActivityStub(
                RunActivities.class, ActivityPolicies.momentaryStep(summary))
            : Workflow.newActivityStub(
                RunActivities.class, ActivityPolicies.gitStep(opened.queue(), summary));
    Instant begun = Clocks.now();
    return Async.function(git::integrate, request)
        .handle((result, failure) -> ended(item, begun, result, failure));
  }

  /** Whether every worker that decides for this run serves its repository, too. */
  private boolean isServedHere() {
    return opened.localSteps() && Workflow.getInfo().getTaskQueue().equals(opened.queue());
  }

  /** Whether nothing was merged since the attempt began, so that the branch only has to move. */
  private static boolean isForward(IntegrateRequest request) {
    return request.base().equals(request.knownHead())
        && request.resolution() == null
        && request.group() == null
        && !request.linear();
  }

  private IntegrateRequest request(TaskRecord record, Item item) {
    AttemptResult result = Objects.requireNonNull(record.result);
    GroupState group = ledger.groups.of(record.task);
    return new IntegrateRequest(
        plan.run(),
        opened.repository(),
        record.task.id(),
        record.task.title(),
        record.familiar,
        item.attempt(),
        Objects.requireNonNull(result.commit()),
        Objects.requireNonNull(record.base),
        ledger.headFor(record),
        record.answer == null ? null : record.answer.resolution,
        group == null ? null : group.group.name(),
        plan.linear() && group == null);
  }

  private @Nullable Void ended(
      Item item,
      Instant begun,
      @Nullable IntegrationResult result,
      @Nullable RuntimeException failure) {
    Instant now = Clocks.now();
    TaskRecord record = ledger.record(item.task());
    record.mergeMs += Duration.between(begun, now).toMillis();
    events.accept(result == null ? failed(item, record, failure, now) : told(item, record, result));
    return null;
  }

  private SchedulerEvent failed(
      Item item, TaskRecord record, @Nullable RuntimeException failure, Instant now) {
    String because = "its work could not be merged: " + Failures.reason(failure);
    if (record.answer != null) {
      record.answer.refused(because);
    } else {
      record.because = because;
    }
    ledger.tell(now, "merge_failed", record.task.id(), because);
    return new SchedulerEvent.IntegrationFailed(item.task(), now);
  }

  private SchedulerEvent told(Item item, TaskRecord record, IntegrationResult result) {
    Instant now = Clocks.now();
    String id = record.task.id();
    return switch (result) {
      case IntegrationResult.Merged merged -> {
        ledger.headIs(record, merged.head());
        record.lineHead = merged.head();
        record.mergedAs = merged.how().equals("unchanged") ? null : merged.head();
        String how = record.rerun && record.answer == null ? "rerun" : merged.how();
        if (record.answer != null) {
          record.answer.carriedOut();
        }
        record.integrated(
            new MergeReport(
                "merged",
                how,
                merged.files(),
                List.of(),
                merged.structural(),
                merged.unchecked()),
            now);
        ledger.tell(now, "task_succeeded", id, "merged, " + filesIn(merged.files().size()));
        yield new SchedulerEvent.Integrated(item.task(), now);
      }
      case IntegrationResult.Conflicted conflict -> {
        record.conflicted(conflict);
        refuse(record, String.valueOf(record.because));
        ledger.tell(now, "merge_conflict", id, String.valueOf(record.because));
        yield new SchedulerEvent.Conflicted(item.task(), now, conflict.serial());
      }
      case IntegrationResult.Refused refused -> {
        if (refused.conflict() != null) {
          record.conflicted(refused.conflict());
        }
        refuse(record, refused.because());
        ledger.tell(now, "answer_refused", id, refused.because());
        yield new SchedulerEvent.Conflicted(item.task(), now);
      }
      case IntegrationResult.ProtectedPaths paths -> {
        record.protectedPaths(paths);
        refuse(record, String.valueOf(record.because));
        ledger.tell(now, "merge_refused", id, String.valueOf(record.because));
        yield new SchedulerEvent.IntegrationFailed(item.task(), now);
      }
    };
  }

  /** Nothing came of what a person decided, if a person did. */
  private static void refuse(TaskRecord record, String because) {
    if (record.answer != null) {
      record.answer.refused(because);
    }
  }

  static String filesIn(int count) {
    return count == 1 ? "1 file" : count + " files";
  }
}
