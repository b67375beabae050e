package io.archmage.graph;

import io.archmage.plan.FamiliarName;
import io.archmage.plan.PlanProblem;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.Suggestions;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.ProblemCollector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Refuses familiars that nobody knows or that cannot be started; one problem per familiar. */
final class FamiliarCheck {

  private FamiliarCheck() {}

  static void check(
      List<TaskSpec> tasks, PlanSurroundings surroundings, ProblemCollector problems) {
    Map<FamiliarName, List<TaskSpec>> users = new LinkedHashMap<>();
    for (TaskSpec task : tasks) {
      users.computeIfAbsent(task.familiar(), key -> new ArrayList<>()).add(task);
    }
    users.forEach(
        (familiar, by) -> {
          switch (surroundings.familiar(familiar)) {
            case READY -> {}
            case NO_COMMAND -> problems.add(noCommand(familiar, by));
            case UNKNOWN -> problems.add(unknown(familiar, by, surroundings));
          }
        });
  }

  private static PlanProblem noCommand(FamiliarName familiar, List<TaskSpec> by) {
    String name = Quoted.of(familiar.value());
    return PlanProblem.at(
        by.getFirst().position(),
        ProblemCode.NO_COMMAND,
        by.getFirst().id(),
        "familiar " + name + " of " + tasks(by) + " has no command here",
        "Configure a \"command\" for it under \"familiars\".")
        .ofEnvironment();
  }

  private static PlanProblem unknown(
      FamiliarName familiar, List<TaskSpec> by, PlanSurroundings surroundings) {
    List<String> known =
        surroundings.knownFamiliars().stream().map(FamiliarName::value).toList();
    return PlanProblem.at(
        by.getFirst().position(),
        ProblemCode.UNKNOWN_FAMILIAR,
        by.getFirst().id(),
        "unknown familiar " + Quoted.of(familiar.value()) + " of " + tasks(by),
        Suggestions.didYouMean(
            familiar.value(),
            known,
            "Configure it under \"familiars\". Known: " + String.join(", ", known) + "."));
  }

  private static String tasks(List<TaskSpec> by) {
    String first = Quoted.task(by.getFirst().id());
    return by.size() == 1 ? first : first + " and " + (by.size() - 1) + " more";
  }
}
