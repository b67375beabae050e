package io.archmage.durable;

import io.archmage.contract.AttemptResult;
import io.archmage.contract.FamiliarActivities;
import io.archmage.contract.HostActivities;
import io.archmage.contract.InvokeRequest;
import io.archmage.contract.OpenedRun;
import io.archmage.contract.SharedAttempt;
import io.archmage.contract.SharedRun;
import io.archmage.contract.TakeRequest;
import io.archmage.contract.TakenAttempt;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Runs attempts where several machines serve the repository: whoever takes an attempt keeps it,
 * over restarts of its worker, until it has been silent for too long.
 */
final class AttemptOnHosts {

  /** The type of the failure that says so. */
  private static final String SILENT = "HostSilent";

  private final OpenedRun opened;
  private final Duration takeover;

  AttemptOnHosts(OpenedRun opened, SharedRun shared) {
    this.opened = opened;
    this.takeover = Duration.ofMillis(shared.takeoverMs());
  }

  /**
   * Begins the attempt.
   *
   * @param continues the attempt whose files it goes on with, or null
   */
  Promise<AttemptResult> invoke(
      InvokeRequest request, @Nullable Integer continues, String summary) {
    return Async.function(() -> run(request, continues, summary));
  }

  /** Whether the machine that had the attempt was silent for too long. */
  static boolean isSilence(@Nullable RuntimeException failure) {
    return failure instanceof ApplicationFailure known && SILENT.equals(known.getType());
  }

  private AttemptResult run(
      InvokeRequest request, @Nullable Integer continues, String summary) {
    TakenAttempt taken =
        Workflow.newActivityStub(
            HostActivities.class,
            ActivityPolicies.take(opened.queue(), "find a machine for " + summary))
            .takeAttempt(
                new TakeRequest(
                    opened.repository(), request.task(), request.familiar(), request.attempt()));
    InvokeRequest here = request.with(new SharedAttempt(taken.host(), continues));
    Duration patience = takeover;
    Instant silentSince = null;
    while (true) {
      try {
        return host(taken, here, summary, patience).invokeFamiliar(here);
      } catch (ActivityFailure failure) {
        if (!(failure.getCause() instanceof TimeoutFailure timeout)
            || !isSilence(timeout.getTimeoutType())) {
          throw failure;
        }
        Instant now = Clocks.now();
        // Progress was told, so the machine was there until just now.
        if (silentSince == null || timeout.getLastHeartbeatDetails().getSize() > 0) {
          silentSince = now;
        }
        patience = takeover.minus(Duration.between(silentSince, now));
        if (timeout.getTimeoutType() == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START
            || patience.isNegative()
            || patience.isZero()) {
          throw silent(taken);
        }
      }
    }
  }

  private FamiliarActivities host(
      TakenAttempt taken, InvokeRequest request, String summary, Duration patience) {
    return Workflow.newActivityStub(
        FamiliarActivities.class,
        ActivityPolicies.attemptOn(
            taken.queue(),
            summary + " on " + taken.host(),
            Duration.ofMillis(request.timeoutMs()),
            patience));
  }

  private static boolean isSilence(TimeoutType type) {
    return type == TimeoutType.TIMEOUT_TYPE_HEARTBEAT
        || type == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START;
  }

  private ApplicationFailure silent(TakenAttempt taken) {
    return ApplicationFailure.newNonRetryableFailure(
        taken.host()
            + " was silent for "
            + takeover.toSeconds()
            + " s; another machine goes on with what it had pushed",
        SILENT);
  }
}
