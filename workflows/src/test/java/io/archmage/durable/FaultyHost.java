package io.archmage.durable;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptResult;
import io.archmage.contract.BringRequest;
import io.archmage.contract.BringResult;
import io.archmage.contract.CheckpointRequest;
import io.archmage.contract.CloseRunRequest;
import io.archmage.contract.FailureTypes;
import io.archmage.contract.FamiliarActivities;
import io.archmage.contract.FileConflict;
import io.archmage.contract.GroupMergeRequest;
import io.archmage.contract.GroupMergeResult;
import io.archmage.contract.IntegrateRequest;
import io.archmage.contract.IntegrationResult;
import io.archmage.contract.InvokeRequest;
import io.archmage.contract.OpenRunActivity;
import io.archmage.contract.OpenRunRequest;
import io.archmage.contract.OpenedRun;
import io.archmage.contract.PlanPieceRequest;
import io.archmage.contract.PrepareRequest;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedTask;
import io.archmage.contract.PublishRequest;
import io.archmage.contract.Published;
import io.archmage.contract.RollbackRequest;
import io.archmage.contract.RollbackResult;
import io.archmage.contract.RunActivities;
import io.archmage.contract.RunKey;
import io.archmage.contract.RunOptions;
import io.archmage.contract.Usage;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A host that remembers, as the real one does, what it was asked before, and whose activities fail
 * as their run's seed says: before they did anything, after they did everything, or in silence.
 */
final class FaultyHost implements OpenRunActivity, RunActivities, FamiliarActivities {

  /** From this try on an activity does what it should. */
  private static final int PATIENCE = 4;

  /** What can happen to a try. */
  enum Trouble {
    FAILS_BEFORE, REPORTED_FAILED, SILENT_BEFORE, RESULT_LOST, NONE
  }

  final Map<String, FaultyRun> runs = new ConcurrentHashMap<>();
  final Map<Trouble, AtomicInteger> troubles = new ConcurrentHashMap<>();

  @Override
  public OpenedRun openRun(OpenRunRequest request, @Nullable RawValue options) {
    return faulty(
        request.runId(),
        1,
        () -> new OpenedRun(
            "/repo", "0123456789ab", "hash", FakeHost.QUEUE, FakeHost.QUEUE, null,
            RunOptions.NONE, null, true));
  }

  @Override
  public PreparedPlan preparePlan(PrepareRequest request, @Nullable RawValue document) {
    return faulty(
        request.runId(),
        2,
        () -> run(request.runId()).plan.prepared(
            new RunKey(request.runId(), request.execution(), request.runId())));
  }

  @Override
  public List<PreparedTask> planPiece(PlanPieceRequest request) {
    return List.of();
  }

  @Override
  public void checkpoint(CheckpointRequest request) {
    faulty(request.run().runId(), -request.number(), () -> request.commit());
  }

  @Override
  public RollbackResult rollBack(RollbackRequest request) {
    throw new IllegalStateException("these runs undo nothing: " + request);
  }

  @Override
  public AttemptResult invokeFamiliar(InvokeRequest request) {
    FaultyRun run = run(request.run().runId());
    run.enter();
    try {
      return faulty(
          request.run().runId(),
          key(request.task(), request.attempt()),
          () -> attempt(run, request));
    } finally {
      run.leave();
    }
  }

  private static AttemptResult attempt(FaultyRun run, InvokeRequest request) {
    boolean good =
        run.attempt(
            request.task(), request.attempt(), Integer.parseInt(request.base().substring(1)));
    Instant now = Instant.EPOCH;
    if (!good) {
      AttemptFailure failure =
          new AttemptFailure(
              AttemptFailure.Kind.EXIT, 3, "exited with 3", null, "", null, null, null, 1, null,
              Usage.NONE);
      throw ApplicationFailure.newNonRetryableFailure(
          failure.message(), FailureTypes.FAMILIAR, failure);
    }
    String commit =
        run.plan.changes(run.index(request.task()))
            ? request.task() + "#" + request.attempt()
            : null;
    return new AttemptResult(
        commit, null, List.of(), List.of(), "", null, now, now, 1, Usage.NONE);
  }

  @Override
  public IntegrationResult integrate(IntegrateRequest request) {
    return faulty(
        request.run().runId(),
        key(request.task(), request.attempt()) + 500,
        () -> merge(run(request.run().runId()), request));
  }

  private static IntegrationResult merge(FaultyRun run, IntegrateRequest request) {
    String head = run.merge(request.task(), request.attempt(), request.knownHead());
    return head == null
        ? new IntegrationResult.Conflicted(
            run.head(), List.of(new FileConflict("f", "both edited it", null)))
        : new IntegrationResult.Merged(head, "textual", List.of());
  }

  @Override
  public Published publish(PublishRequest request) {
    return faulty(
        request.run().runId(),
        3,
        () -> {
          run(request.run().runId()).published = request.head();
          return new Published(
              request.target(), request.head(), "fast_forward", null, null);
        });
  }

  @Override
  public BringResult bring(BringRequest request) {
    throw new UnsupportedOperationException("these plans have no groups");
  }

  @Override
  public GroupMergeResult mergeGroup(GroupMergeRequest request) {
    throw new UnsupportedOperationException("these plans have no groups");
  }

  @Override
  public String closeRun(CloseRunRequest request) {
    return faulty(
        request.run().runId(),
        4,
        () -> {
          run(request.run().runId()).closed = request.report().get("status").asText();
          return "refs/archmage/" + request.run().name() + "/report";
        });
  }

  private FaultyRun run(String id) {
    return runs.computeIfAbsent(
        id, name -> new FaultyRun(Long.parseLong(name.replaceFirst(".*-", ""))));
  }

  private static long key(String task, int attempt) {
    return (Long.parseLong(task.substring(1)) + 1) * 1_000 + attempt;
  }

  private <T> @Nullable T faulty(String id, long key, Supplier<T> work) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    Trouble drawn = trouble(run(id), key, context.getInfo().getAttempt());
    Trouble trouble = context.getInfo().isLocal() ? heard(drawn) : drawn;
    troubles.computeIfAbsent(trouble, kind -> new AtomicInteger()).incrementAndGet();
    return switch (trouble) {
      case NONE -> work.get();
      case FAILS_BEFORE -> throw hostFailed();
      case REPORTED_FAILED -> {
        quietly(work);
        throw hostFailed();
      }
      case SILENT_BEFORE -> {
        context.doNotCompleteOnReturn();
        yield null;
      }
      case RESULT_LOST -> {
        quietly(work);
        context.doNotCompleteOnReturn();
        yield null;
      }
    };
  }

  /** The worker that asked for a local step itself hears of its end, or dies with it. */
  private static Trouble heard(Trouble trouble) {
    return switch (trouble) {
      case SILENT_BEFORE -> Trouble.FAILS_BEFORE;
      case RESULT_LOST -> Trouble.REPORTED_FAILED;
      case FAILS_BEFORE, REPORTED_FAILED, NONE -> trouble;
    };
  }

  private static Trouble trouble(FaultyRun run, long key, int tryNumber) {
    int draw = tryNumber < PATIENCE ? run.plan.draw(200, "trouble", key, tryNumber) : 199;
    if (draw < 16) {
      return Trouble.FAILS_BEFORE;
    }
    if (draw < 32) {
      return Trouble.REPORTED_FAILED;
    }
    // Rarer: the server waits ten real seconds for a heartbeat.
    return draw == 32 ? Trouble.SILENT_BEFORE : draw < 35 ? Trouble.RESULT_LOST : Trouble.NONE;
  }

  private static void quietly(Supplier<?> work) {
    try {
      var unused = work.get();
    } catch (ApplicationFailure unheard) {
      // Nobody hears how it ended.
    }
  }

  private static ApplicationFailure hostFailed() {
    return ApplicationFailure.newFailure("the disk is full", FailureTypes.HOST);
  }
}
