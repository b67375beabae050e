package io.archmage.host;

import io.archmage.contract.Notice;
import io.archmage.contract.PersonActivities;
import io.archmage.project.Project;
import io.archmage.project.Projects;
import io.temporal.activity.Activity;
import java.util.Map;

/** Tells people as the configuration of the repository says; thread-safe. */
public final class PersonActivitiesImpl implements PersonActivities {

  private final Projects projects;
  private final Map<String, String> environment;

  /**
   * Activities for those projects.
   *
   * @param projects the repositories served
   * @param environment the worker's own variables
   */
  public PersonActivitiesImpl(Projects projects, Map<String, String> environment) {
    this.projects = projects;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public void notifyPerson(String way, Notice notice) {
    try (Heartbeat heartbeat =
        Heartbeat.start(Activity.getExecutionContext(), "telling people by " + way)) {
      heartbeat.tell("telling people by " + way);
      Project project = projects.require(notice.repository());
      Notification notification =
          new Notification(
              project.configuration().person().notices(), project.path(), environment);
      HostFailures.translate(
          "telling people by " + way,
          () -> {
            Notice here = notice.at(project.path().toString());
            if (way.equals(WEBHOOK)) {
              notification.post(here);
            } else {
              notification.run(here);
            }
            return way;
          });
    }
  }
}
