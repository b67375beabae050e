package io.archmage.schedule;

import io.archmage.plan.ConflictPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A random plan with what befalls it. Every draw depends on the seed and the task's id alone, so
 * that taking a task away leaves the fate of the others as it was.
 *
 * @param seed of every draw
 * @param tasks in declared order
 * @param instances of each familiar
 * @param maxParallel slots
 * @param barrier whether stages count
 * @param maxRetries failures tolerated
 * @param cancelled whether a cancel request comes
 * @param troubled whether attempts fail, defer and conflict
 */
record RandomCase(
    long seed,
    List<Task> tasks,
    List<Integer> instances,
    int maxParallel,
    boolean barrier,
    int maxRetries,
    boolean cancelled,
    boolean troubled) {

  /** A task whose needs and afters are ids. */
  record Task(
      int id, int familiar, List<Integer> needs, List<Integer> after, int stage, int order) {}

  static RandomCase of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = random.nextInt(13);
    double density = random.nextDouble() * 0.5;
    boolean barrier = random.nextInt(3) == 0;
    List<Integer> instances = new ArrayList<>();
    for (int familiar = random.nextInt(3); familiar >= 0; familiar--) {
      instances.add(1 + random.nextInt(3));
    }
    List<Integer> orders = shuffled(size, random);
    List<Integer> topological = shuffled(size, random);
    TreeMap<Integer, Task> tasks = new TreeMap<>();
    int stage = 0;
    for (int place = 0; place < size; place++) {
      TreeSet<Integer> needs = new TreeSet<>();
      TreeSet<Integer> after = new TreeSet<>();
      for (int earlier : topological.subList(0, place)) {
        if (random.nextDouble() < density) {
          (random.nextInt(3) == 0 ? after : needs).add(earlier);
        }
      }
      stage += random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0;
      int id = topological.get(place);
      tasks.put(
          id,
          new Task(
              id,
              random.nextInt(instances.size()),
              List.copyOf(needs),
              List.copyOf(after),
              stage,
              orders.get(id) * 3));
    }
    return new RandomCase(
        seed,
        List.copyOf(tasks.values()),
        instances,
        1 + random.nextInt(5),
        barrier,
        random.nextInt(3),
        random.nextInt(4) == 0,
        random.nextInt(4) != 0);
  }

  /** The model, with indices in place of ids. */
  ScheduleModel model() {
    List<Integer> ids = tasks.stream().map(Task::id).toList();
    return new ScheduleModel(
        tasks.stream()
            .map(
                task -> new ScheduledTask(
                    "t" + task.id,
                    task.familiar,
                    task.needs.stream().map(ids::indexOf).toList(),
                    task.after.stream().map(ids::indexOf).toList(),
                    task.stage,
                    task.order,
                    Duration.ofMillis(1 + draw("estimate", task.id, 0, 20)),
                    demands(task),
                    heldFor(task).stream().map(ids::indexOf).toList()))
            .toList(),
        instances.stream().map(count -> new FamiliarCap("f" + count, count)).toList(),
        maxParallel,
        barrier,
        new RetryRule(maxRetries, Duration.ofMillis(draw("delay", 0, 0, 4)), 2.0),
        RateLimits.NONE,
        false,
        person(),
        rollback(),
        IntStream.range(0, resources())
            .mapToObj(resource -> new ResourceCap("r" + resource, capacity(resource)))
            .toList());
  }

  private int resources() {
    return draw("resources", 0, 0, 3);
  }

  private int capacity(int resource) {
    return 1 + draw("capacity", resource, 0, 3);
  }

  private List<Demand> demands(Task task) {
    return IntStream.range(0, resources())
        .mapToObj(
            resource -> draw("demand", task.id, resource, 2) == 0
                ? null
                : new Demand(
                    resource, 1 + draw("amount", task.id, resource, capacity(resource))))
        .filter(Objects::nonNull)
        .toList();
  }

  /** Ids of earlier tasks in the order, in some plans. */
  private List<Integer> heldFor(Task task) {
    return draw("holds", 0, 0, 3) > 0
        ? List.of()
        : tasks.stream()
            .filter(other -> other.order < task.order)
            .map(Task::id)
            .filter(other -> draw("held", task.id, other, 4) == 0)
            .toList();
  }

  private PersonRule person() {
    return switch (draw("person", 0, 0, 5)) {
      case 0 -> new PersonRule(ConflictPolicy.ASK, false);
      case 1 -> new PersonRule(ConflictPolicy.RERUN, true);
      case 2 -> new PersonRule(ConflictPolicy.ASK, true);
      default -> PersonRule.NEVER;
    };
  }

  private RollbackRule rollback() {
    return new RollbackRule(draw("checkpoints", 0, 0, 2) == 0, draw("undo", 0, 0, 2) == 0);
  }

  /** A number from 0 to below the bound, always the same for the same arguments. */
  int draw(String purpose, int id, int attempt, int bound) {
    long key = ((seed * 31 + purpose.hashCode()) * 1_000_003L + id) * 1_009L + attempt;
    return new SplittableRandom(key).nextInt(bound);
  }

  /** All cases that are this one with something left out. */
  List<RandomCase> smaller() {
    List<RandomCase> smaller = new ArrayList<>();
    for (Task gone : tasks) {
      smaller.add(
          with(
              tasks.stream()
                  .filter(task -> task != gone)
                  .map(task -> without(task, gone.id))
                  .toList()));
    }
    for (Task task : tasks) {
      List<Integer> predecessors = new ArrayList<>(task.needs);
      predecessors.addAll(task.after);
      for (int predecessor : predecessors) {
        smaller.add(
            with(tasks.stream().map(t -> t == task ? without(t, predecessor) : t).toList()));
      }
    }
    if (cancelled) {
      smaller.add(
          new RandomCase(
              seed, tasks, instances, maxParallel, barrier, maxRetries, false, troubled));
    }
    if (troubled) {
      smaller.add(
          new RandomCase(
              seed, tasks, instances, maxParallel, barrier, maxRetries, cancelled, false));
    }
    if (barrier) {
      smaller.add(
          new RandomCase(
              seed, tasks, instances, maxParallel, false, maxRetries, cancelled, troubled));
    }
    return smaller;
  }

  private RandomCase with(List<Task> others) {
    return new RandomCase(
        seed, others, instances, maxParallel, barrier, maxRetries, cancelled, troubled);
  }

  private static Task without(Task task, Integer predecessor) {
    return new Task(
        task.id,
        task.familiar,
        task.needs.stream().filter(id -> !id.equals(predecessor)).toList(),
        task.after.stream().filter(id -> !id.equals(predecessor)).toList(),
        task.stage,
        task.order);
  }

  private static List<Integer> shuffled(int size, SplittableRandom random) {
    List<Integer> numbers = new ArrayList<>();
    for (int number = 0; number < size; number++) {
      numbers.add(random.nextInt(number + 1), number);
    }
    return numbers;
  }
}
