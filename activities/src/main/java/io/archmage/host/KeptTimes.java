package io.archmage.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.archmage.contract.RunKey;
import io.archmage.git.CommitId;
import io.archmage.git.RunRefs;
import io.archmage.history.RunTimes;
import io.archmage.history.TaskTime;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.TaskSpec;
import io.archmage.prepare.StoredPlan;
import io.archmage.project.Project;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down how long the tasks of a run took, for the estimates of later ones. */
final class KeptTimes {

  private static final Logger LOG = LoggerFactory.getLogger(KeptTimes.class);

  private KeptTimes() {}

  /** Keeps the times of a whole report; a run does not fail for want of them. */
  static void keep(Project project, RunKey run, JsonNode report) {
    try {
      RunTimes.of(project).keep(run, times(report, actions(project, run)));
    } catch (IOException | RuntimeException e) {
      LOG.warn("the run times of {} are not kept: {}", run.name(), e.toString());
    }
  }

  private static Map<String, String> actions(Project project, RunKey run) {
    Optional<CommitId> plan = project.repository().refs().read(new RunRefs(run.name()).plan());
    Map<String, String> actions = new HashMap<>();
    if (plan.isPresent()) {
      for (TaskSpec task : new StoredPlan(project.repository()).plan(plan.get()).tasks()) {
        if (task.action() != null) {
          actions.put(task.id().value(), task.action());
        }
      }
    }
    return actions;
  }

  private static List<TaskTime> times(JsonNode report, Map<String, String> actions) {
    List<TaskTime> times = new ArrayList<>();
    for (JsonNode task : report.path("tasks")) {
      String familiar = task.path("familiar").asText();
      long runMs = task.path("run_ms").asLong();
      if (task.path("status").asText().equals("succeeded")
          && runMs > 0
          && !familiar.equals(FamiliarName.ARCHMAGE.value())) {
        times.add(
            new TaskTime(
                TaskTime.Kind.of(familiar, actions.get(task.path("id").asText())), runMs));
      }
    }
    return times;
  }
}
