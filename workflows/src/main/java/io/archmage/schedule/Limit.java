package io.archmage.schedule;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Something that keeps a run from being shorter.
 *
 * @param kind what it is
 * @param name the familiar's or the resource's, else null
 * @param amount how much of it there is; 0 for the chain, of which nobody can have more
 * @param bound no run is shorter, because of this alone
 * @param makespanWithOneMore how long the simulated run takes at most with one more of it; null for
 *     a plan of more than 2,000 tasks, with which that is not tried
 */
public record Limit(
    Kind kind,
    @Nullable String name,
    int amount,
    Duration bound,
    @Nullable Duration makespanWithOneMore) {

  /** For larger plans it is not tried what more would change. */
  private static final int MAX_TRIED = 2_000;

  /** What can be a limit; where two bounds are equal, the earlier kind is named. */
  public enum Kind {
    /** The longest chain of tasks that wait for each other. */
    CHAIN,
    /** The instances of a familiar. */
    FAMILIAR,
    /** A named resource. */
    RESOURCE,
    /** The attempts in flight at once. */
    SLOTS;

    /** The name in documents. */
    @JsonValue
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * All limits of a model, the one with the largest bound first; limits over time are not among
   * them. What one more changes is tried by simulation in the model's order: a better order may
   * gain more.
   *
   * @param model what would be run
   * @param makespan of its simulated run
   */
  public static List<Limit> of(ScheduleModel model, Duration makespan) {
    List<Duration> estimates = model.tasks().stream().map(ScheduledTask::estimate).toList();
    List<Limit> limits = new ArrayList<>();
    limits.add(
        new Limit(Kind.CHAIN, null, 0, CriticalPath.of(model, estimates).length(), makespan));
    for (int familiar = 0; familiar < model.familiars().size(); familiar++) {
      FamiliarCap cap = model.familiars().get(familiar);
      int own = familiar;
      Duration work = work(model, task -> task.familiar() == own);
      if (!cap.ownSteps() && !work.isZero()) {
        limits.add(
            new Limit(
                Kind.FAMILIAR,
                cap.name(),
                cap.instances(),
                work.dividedBy(cap.instances()),
                shorter(makespan, model.withOneMoreInstance(familiar))));
      }
    }
    for (int resource = 0; resource < model.resources().size(); resource++) {
      ResourceCap cap = model.resources().get(resource);
      limits.add(
          new Limit(
              Kind.RESOURCE,
              cap.name(),
              cap.capacity(),
              held(model, resource).dividedBy(cap.capacity()),
              shorter(makespan, model.withOneMoreResource(resource))));
    }
    limits.add(
        new Limit(
            Kind.SLOTS,
            null,
            model.maxParallel(),
            work(model, task -> true).dividedBy(model.maxParallel()),
            shorter(makespan, model.withOneMoreSlot())));
    limits.sort(Comparator.comparing(Limit::bound).reversed().thenComparing(Limit::kind));
    return List.copyOf(limits);
  }

  private static Duration work(ScheduleModel model, Predicate<ScheduledTask> which) {
    return model.tasks()
        .stream()
        .filter(which)
        .map(ScheduledTask::estimate)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration held(ScheduleModel model, int resource) {
    Duration held = Duration.ZERO;
    for (ScheduledTask task : model.tasks()) {
      for (Demand demand : task.demands()) {
        if (demand.resource() == resource) {
          held = held.plus(task.estimate().multipliedBy(demand.amount()));
        }
      }
    }
    return held;
  }

  private static @Nullable Duration shorter(Duration makespan, ScheduleModel more) {
    if (more.tasks().size() > MAX_TRIED) {
      return null;
    }
    Duration other = ScheduleSimulator.simulate(more).makespan();
    return other.compareTo(makespan) < 0 ? other : makespan;
  }
}
