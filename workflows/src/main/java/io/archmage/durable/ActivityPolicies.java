package io.archmage.durable;

import io.archmage.contract.FailureTypes;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** Every timeout and retry of every activity, with its reason. */
final class ActivityPolicies {

  /** A worker sends one every few seconds; a dead worker is noticed after this. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** Beyond the familiar's own limit: making the workspace, and keeping what is in it. */
  private static final Duration AROUND_AN_ATTEMPT = Duration.ofMinutes(30);

  /** Git on a large repository; a hang is ended by the heartbeat, not by this. */
  private static final Duration GIT_STEP = Duration.ofMinutes(15);

  /** A git process at most, and the writing of a few objects. */
  private static final Duration MOMENTARY_STEP = Duration.ofMinutes(1);

  /**
   * For a host that is in trouble (disk full, worker killed): twenty tries take about eight
   * minutes. A familiar's own failure is never among them.
   */
  private static final RetryOptions HOST_TROUBLE =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofSeconds(1))
          .setBackoffCoefficient(1.5)
          .setMaximumInterval(Duration.ofSeconds(30))
          .setMaximumAttempts(20)
          .setDoNotRetry(
              FailureTypes.INVALID_PLAN, FailureTypes.ENVIRONMENT, FailureTypes.FAMILIAR)
          .build();

  /** How the server names an activity that no longer heartbeats, among failures not to retry. */
  private static final String NO_HEARTBEAT = "TemporalTimeout:Heartbeat";

  private ActivityPolicies() {}

  static ActivityOptions openRun(String queue) {
    return base(queue, "find the repository")
        .setStartToCloseTimeout(Duration.ofMinutes(1))
        .build();
  }

  static ActivityOptions gitStep(String queue, String summary) {
    return base(queue, summary).setStartToCloseTimeout(GIT_STEP).build();
  }

  static ActivityOptions attempt(String queue, String summary, Duration timeout) {
    return base(queue, summary)
        .setStartToCloseTimeout(timeout.plus(AROUND_AN_ATTEMPT))
        // The attempt's result counts even when the run is being cancelled: it holds the snapshot.
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .build();
  }

  /**
   * A step that takes milliseconds, done by the worker that asks for it: the engine keeps its
   * result, but hands it to nobody, which would take longer than the step. If the worker dies, the
   * next one does the step again.
   */
  static LocalActivityOptions momentaryStep(String summary) {
    return LocalActivityOptions.newBuilder()
        .setStartToCloseTimeout(MOMENTARY_STEP)
        .setRetryOptions(HOST_TROUBLE)
        .setSummary(Summaries.cut(summary))
        .build();
  }

  /** Asks for a machine: as long as none answers, the run waits for one. */
  static ActivityOptions take(String queue, String summary) {
    return base(queue, summary).setStartToCloseTimeout(Duration.ofMinutes(1)).build();
  }

  /**
   * An attempt on one of several machines. A machine that falls silent is not asked again and again
   * by the engine, so that the run itself can count how long the silence lasts.
   *
   * @param silence how long nobody may answer for the machine
   */
  static ActivityOptions attemptOn(
      String queue, String summary, Duration timeout, Duration silence) {
    return attempt(queue, summary, timeout).toBuilder()
        .setScheduleToStartTimeout(silence)
        .setRetryOptions(
            HOST_TROUBLE.toBuilder()
                .setDoNotRetry(
                    FailureTypes.INVALID_PLAN,
                    FailureTypes.ENVIRONMENT,
                    FailureTypes.FAMILIAR,
                    NO_HEARTBEAT)
                .build())
        .build();
  }

  /** A step that belongs on one machine: an end comes if that has been silent for too long. */
  static ActivityOptions gitStepOn(String queue, String summary, Duration silence) {
    return gitStep(queue, summary).toBuilder().setScheduleToStartTimeout(silence).build();
  }

  /** Few tries and an end: whoever is not told sees the question anyway where they look. */
  static ActivityOptions notice(String queue, String summary) {
    return base(queue, summary)
        .setStartToCloseTimeout(Duration.ofMinutes(2))
        .setScheduleToCloseTimeout(Duration.ofMinutes(15))
        .setRetryOptions(HOST_TROUBLE.toBuilder().setMaximumAttempts(4).build())
        .build();
  }

  private static ActivityOptions.Builder base(String queue, String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setHeartbeatTimeout(HEARTBEAT)
        .setRetryOptions(HOST_TROUBLE)
        .setSummary(Summaries.cut(summary));
  }
}
