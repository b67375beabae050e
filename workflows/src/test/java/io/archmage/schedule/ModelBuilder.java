package io.archmage.schedule;

import io.archmage.plan.ConflictPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes models down in tests; what follows a task describes that task. */
final class ModelBuilder {
  private final List<ScheduledTask> tasks = new ArrayList<>();
  private final List<FamiliarCap> familiars = new ArrayList<>();
  private final List<ResourceCap> resources = new ArrayList<>();
  private int maxParallel = 100;
  private boolean barrier;
  private RetryRule retry = new RetryRule(2, Duration.ofSeconds(5), 1.0);
  private final TreeMap<Integer, Rate> rates = new TreeMap<>();
  private @Nullable Integer calls;
  private @Nullable Long tokens;
  private boolean failFast;
  private PersonRule person = PersonRule.NEVER;
  private RollbackRule rollback = RollbackRule.NONE;

  static ModelBuilder model() {
    return new ModelBuilder();
  }

  ModelBuilder familiar(String name, int instances) {
    familiars.add(new FamiliarCap(name, instances));
    return this;
  }

  ModelBuilder maxParallel(int attempts) {
    maxParallel = attempts;
    return this;
  }

  ModelBuilder barrier() {
    barrier = true;
    return this;
  }

  ModelBuilder retry(int maxRetries, Duration delay, double coefficient) {
    retry = new RetryRule(maxRetries, delay, coefficient);
    return this;
  }

  /** A rate for the familiar named last. */
  ModelBuilder rate(int starts, RateUnit unit) {
    rates.put(familiars.size() - 1, new Rate(starts, unit));
    return this;
  }

  ModelBuilder callsPerMinute(int limit) {
    calls = limit;
    return this;
  }

  ModelBuilder tokensPerMinute(long limit) {
    tokens = limit;
    return this;
  }

  ModelBuilder failFast() {
    failFast = true;
    return this;
  }

  ModelBuilder person(ConflictPolicy conflicts, boolean escalate) {
    person = new PersonRule(conflicts, escalate);
    return this;
  }

  /** Undoes what served only failed tasks. */
  ModelBuilder undo() {
    rollback = new RollbackRule(rollback.checkpoints(), true);
    return this;
  }

  ModelBuilder checkpoints() {
    rollback = new RollbackRule(true, rollback.undo());
    return this;
  }

  ModelBuilder task(String id) {
    tasks.add(
        new ScheduledTask(
            id, 0, List.of(), List.of(), 0, tasks.size(), Duration.ofSeconds(1)));
    return this;
  }

  ModelBuilder needs(Integer... needs) {
    ScheduledTask t = tasks.removeLast();
    tasks.add(
        new ScheduledTask(
            t.id(), t.familiar(), List.of(needs), t.after(), t.stage(), t.order(), t.estimate(),
            t.demands(), t.heldFor()));
    return this;
  }

  ModelBuilder after(Integer... after) {
    ScheduledTask t = tasks.removeLast();
    tasks.add(
        new ScheduledTask(
            t.id(), t.familiar(), t.needs(), List.of(after), t.stage(), t.order(), t.estimate(),
            t.demands(), t.heldFor()));
    return this;
  }

  ModelBuilder by(int familiar) {
    ScheduledTask t = tasks.removeLast();
    tasks.add(
        new ScheduledTask(
            t.id(), familiar, t.needs(), t.after(), t.stage(), t.order(), t.estimate(), t.demands(),
            t.heldFor()));
    return this;
  }

  ModelBuilder stage(int stage) {
    ScheduledTask t = tasks.removeLast();
    tasks.add(
        new ScheduledTask(
            t.id(), t.familiar(), t.needs(), t.after(), stage, t.order(), t.estimate(), t.demands(),
            t.heldFor()));
    return this;
  }

  ModelBuilder order(int order) {
    ScheduledTask t = tasks.removeLast();
    tasks.add(
        new ScheduledTask(
            t.id(), t.familiar(), t.needs(), t.after(), t.stage(), order, t.estimate(), t.demands(),
            t.heldFor()));
    return this;
  }

  ModelBuilder seconds(int estimate) {
    ScheduledTask t = tasks.removeLast();
    tasks.add(
        new ScheduledTask(
            t.id(),
            t.familiar(),
            t.needs(),
            t.after(),
            t.stage(),
            t.order(),
            Duration.ofSeconds(estimate),
            t.demands(),
            t.heldFor()));
    return this;
  }

  /** What the task holds of a resource, which replaces what was said before. */
  ModelBuilder demands(int resource, int amount) {
    ScheduledTask t = tasks.removeLast();
    tasks.add(
        new ScheduledTask(
            t.id(), t.familiar(), t.needs(), t.after(), t.stage(), t.order(), t.estimate(),
            List.of(new Demand(resource, amount)), t.heldFor()));
    return this;
  }

  ModelBuilder heldFor(Integer... others) {
    tasks.add(tasks.removeLast().at(tasks.size(), List.of(others)));
    return this;
  }

  ModelBuilder resource(String name, int capacity) {
    resources.add(new ResourceCap(name, capacity));
    return this;
  }

  ScheduleModel build() {
    List<FamiliarCap> caps =
        familiars.isEmpty() ? List.of(new FamiliarCap("codex", 100)) : familiars;
    return new ScheduleModel(
        tasks,
        caps,
        maxParallel,
        barrier,
        retry,
        new RateLimits(rates, calls, tokens),
        failFast,
        person,
        rollback,
        resources);
  }
}
