package io.archmage.host;

import io.archmage.contract.FailureTypes;
import io.archmage.contract.HostActivities;
import io.archmage.contract.TakeRequest;
import io.archmage.contract.TakenAttempt;
import io.archmage.plan.FamiliarName;
import io.archmage.project.Project;
import io.archmage.project.Projects;
import io.temporal.failure.ApplicationFailure;
import java.util.function.UnaryOperator;

/** Takes attempts for this machine; thread-safe. */
public final class HostActivitiesImpl implements HostActivities {

  private final Projects projects;
  private final String host;
  private final UnaryOperator<String> hostQueue;

  /**
   * Takes attempts of those projects.
   *
   * @param projects the repositories served
   * @param host the name of this machine in queues
   * @param hostQueue this machine's queue for the id of a repository
   */
  public HostActivitiesImpl(Projects projects, String host, UnaryOperator<String> hostQueue) {
    this.projects = projects;
    this.host = host;
    this.hostQueue = hostQueue;
  }

  @Override
  public TakenAttempt takeAttempt(TakeRequest request) {
    Project project = projects.require(request.repository());
    if (project
        .configuration()
        .settings(new FamiliarName(request.familiar()))
        .command()
        .isEmpty()) {
      throw ApplicationFailure.newFailure(
          "familiar " + request.familiar() + " has no command in the configuration on " + host,
          FailureTypes.HOST);
    }
    return new TakenAttempt(host, hostQueue.apply(project.id()));
  }
}
