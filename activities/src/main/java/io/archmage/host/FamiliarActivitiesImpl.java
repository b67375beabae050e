package io.archmage.host;

import io.archmage.contract.AttemptResult;
import io.archmage.contract.FailureTypes;
import io.archmage.contract.FamiliarActivities;
import io.archmage.contract.InvokeRequest;
import io.archmage.familiar.Attempt;
import io.archmage.familiar.AttemptControl;
import io.archmage.familiar.AttemptEnd;
import io.archmage.fault.Step;
import io.archmage.process.Supervisor;
import io.archmage.project.Projects;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;

/** Runs attempts on this host; thread-safe. */
public final class FamiliarActivitiesImpl implements FamiliarActivities {

  private static final String LET_GO = "another worker follows the attempt now";

  /** Whoever comes next need not wait as after trouble. */
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  private final Projects projects;
  private final Supervisor supervisor;
  private final Map<String, String> environment;
  private final FollowedAttempts followed;

  /**
   * Attempts of those projects.
   *
   * @param projects the repositories served
   * @param supervisor starts and finds processes
   * @param environment the worker's own variables
   * @param followed is told of the attempts, and tells when to let go
   */
  public FamiliarActivitiesImpl(
      Projects projects,
      Supervisor supervisor,
      Map<String, String> environment,
      FollowedAttempts followed) {
    this.projects = projects;
    this.supervisor = supervisor;
    this.environment = Map.copyOf(environment);
    this.followed = followed;
  }

  @Override
  public AttemptResult invokeFamiliar(InvokeRequest request) {
    followed.begin(request);
    try (Heartbeat heartbeat = Heartbeat.start(Activity.getExecutionContext(), "starting")) {
      AttemptEnd end =
          HostFailures.translate(
              "attempt " + request.attempt() + " of " + request.task(),
              () -> {
                Step.ACTIVITY_BEGUN.reached();
                AttemptEnd ended = attempt(request, followed.control(heartbeat)).run();
                Step.ACTIVITY_DONE.reached();
                return ended;
              });
      return switch (end) {
        case AttemptEnd.Succeeded succeeded -> succeeded.result();
        case AttemptEnd.Failed failed ->
          throw ApplicationFailure.newNonRetryableFailure(
              failed.failure().message(), FailureTypes.FAMILIAR, failed.failure());
        case AttemptEnd.Detached detached ->
          throw ApplicationFailure.newBuilder()
              .setMessage(LET_GO)
              .setType(FailureTypes.HOST)
              .setNextRetryDelay(AT_ONCE)
              .setCategory(ApplicationErrorCategory.BENIGN)
              .build();
      };
    } finally {
      followed.end(request);
    }
  }

  private Attempt attempt(InvokeRequest request, AttemptControl control) {
    return new Attempt(
        projects.require(request.repository()), supervisor, request, control, environment);
  }
}
