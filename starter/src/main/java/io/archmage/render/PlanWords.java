package io.archmage.render;

import io.archmage.graph.EdgeReason;
import io.archmage.plan.DependencyType;
import io.archmage.preview.PlanView;
import io.archmage.preview.PlanView.ConflictView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a plan's view says, in words that several renderings share; all safe for a terminal. */
final class PlanWords {

  private PlanWords() {}

  /** A line of figures: a name and what is known. */
  record Figure(String name, String value) {}

  /** The figures of a plan, most important first. */
  static List<Figure> figures(PlanView view) {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("Makespan", makespan(view)));
    figures.add(
        new Figure(
            "Sequential",
            Durations.ofMillis(view.sequentialMs())
                + String.format(
                    Locale.ROOT,
                    "; %.1f %% of it saved, speed-up %.2f",
                    view.timeReductionPercent(),
                    view.parallelSpeedupRatio())));
    figures.add(
        new Figure(
            "Slots",
            view.slots()
                + (view.slots() == 1 ? ": one task" : ": at most that many tasks")
                + " at once; "
                + view.peakParallelism()
                + " used"));
    figures.add(new Figure("Longest chain", chain(view)));
    figures.add(new Figure("Estimates", estimates(view.estimates())));
    return figures;
  }

  private static String makespan(PlanView view) {
    String bound = "; no schedule takes less than " + Durations.ofMillis(view.lowerBoundMs());
    String barrier =
        view.barrierBoundMs() == null
            ? ""
            : ", with its barriers " + Durations.ofMillis(view.barrierBoundMs());
    return Durations.ofMillis(view.makespanMs()) + bound + barrier;
  }

  private static String chain(PlanView view) {
    List<String> ids = view.criticalPath();
    int shown = Math.min(8, ids.size());
    String start = String.join(" -> ", ids.subList(0, shown).stream().map(PlanWords::id).toList());
    return ids.size() > shown ? start + " -> … (" + ids.size() + " tasks)" : start;
  }

  private static String estimates(PlanView.Estimates estimates) {
    String guess =
        "taken to need " + Durations.ofMillis(estimates.defaultMs())
            + ", since the plan says nothing";
    if (estimates.fromPlan() == 0) {
      return "none in the plan; every task is " + guess;
    }
    return estimates.byDefault() == 0
        ? "all from the plan"
        : estimates.fromPlan() + " from the plan; " + estimates.byDefault() + " " + guess;
  }

  /** Why one task comes before another: {@code file_conflict: auth.ts}. */
  static String because(EdgeReason reason, @Nullable String detail) {
    return detail == null ? reason.key() : reason.key() + ": " + TerminalSafe.line(detail);
  }

  /** An arrow: {@code ->} for a hard edge, {@code ~>} for a soft one. */
  static String arrow(DependencyType type) {
    return switch (type) {
      case HARD -> "->";
      case SOFT -> "~>";
    };
  }

  /** What keeps the tasks of a conflict apart. */
  static String resolution(ConflictView conflict) {
    return switch (conflict.resolution()) {
      case SERIALIZE -> "one after another (serialize)";
      case ORDERED -> "in order already";
    };
  }

  static String ids(List<String> ids) {
    return String.join(", ", ids.stream().map(PlanWords::id).toList());
  }

  static String id(String id) {
    return TerminalSafe.line(id);
  }
}
