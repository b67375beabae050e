package io.archmage.render;

import io.archmage.graph.EdgeReason;
import io.archmage.plan.DependencyType;
import io.archmage.preview.PlanView;
import io.archmage.preview.PlanView.ConflictView;
import io.archmage.preview.PlanView.LimitView;
import io.archmage.schedule.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
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
    if (!view.limits().isEmpty() && view.makespanMs() > 0) {
      figures.add(new Figure("Bottleneck", bottleneck(view.limits().getFirst())));
      oneMore(view).ifPresent(gains -> figures.add(new Figure("One more", gains)));
    }
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

  private static String bottleneck(LimitView limit) {
    String bound = Durations.ofMillis(limit.boundMs());
    return switch (limit.kind()) {
      case CHAIN -> "the longest chain: " + bound;
      case FAMILIAR ->
        "%s: its work takes %s with %d at once".formatted(named(limit), bound, limit.amount());
      case RESOURCE ->
        "the resource %s: its tasks take %s with %d of it"
            .formatted(named(limit), bound, limit.amount());
      case SLOTS ->
        "the slots: all work takes %s with %d at once".formatted(bound, limit.amount());
    };
  }

  /** What one more of each limit saves; empty if that was not tried. */
  private static Optional<String> oneMore(PlanView view) {
    List<String> gains = new ArrayList<>();
    for (LimitView limit : view.limits()) {
      Long makespan = limit.makespanWithOneMoreMs();
      if (makespan == null) {
        return Optional.empty();
      }
      if (makespan < view.makespanMs()) {
        String what = limit.kind() == Limit.Kind.SLOTS ? "slot" : named(limit);
        gains.add(what + " saves " + Durations.ofMillis(view.makespanMs() - makespan));
      }
    }
    return Optional.of(
        gains.isEmpty() ? "slot, instance or resource saves nothing" : String.join("; ", gains));
  }

  private static String named(LimitView limit) {
    return TerminalSafe.line(Objects.requireNonNull(limit.name()));
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
    if (estimates.fromPlan() + estimates.fromHistory() == 0) {
      return "none in the plan; every task is " + guess;
    }
    if (estimates.fromHistory() + estimates.byDefault() == 0) {
      return "all from the plan";
    }
    List<String> parts = new ArrayList<>();
    if (estimates.fromPlan() > 0) {
      parts.add(estimates.fromPlan() + " from the plan");
    }
    if (estimates.fromHistory() > 0) {
      parts.add(estimates.fromHistory() + " from earlier runs here");
    }
    if (estimates.byDefault() > 0) {
      parts.add(estimates.byDefault() + " " + guess);
    }
    return String.join("; ", parts);
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
