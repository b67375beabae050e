package io.archmage.simulation;

import io.archmage.plan.Execution;
import io.archmage.simulation.SimulatedCase.Rules;
import io.archmage.simulation.SimulatedCase.Task;
import io.archmage.simulation.SimulatedCase.Work;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Makes a case of a seed: every shape of plan, every kind of fault. */
final class Cases {

  private static final int MOST_TASKS = 10;
  private static final int MOST_IN_ONE_FILE = 2;

  private final SplittableRandom random;
  private int tight;

  private Cases(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The case of a seed; in one of four a person is asked and all but a cancel can happen. */
  static SimulatedCase of(long seed) {
    SimulatedCase plan = new Cases(seed).make(seed);
    return Math.floorMod(seed, 4) == 3 ? troubled(seed, plan) : plan;
  }

  private static SimulatedCase troubled(long seed, SimulatedCase plan) {
    Rules rules = plan.rules();
    return new SimulatedCase(
        seed,
        plan.shape(),
        plan.tasks(),
        new Rules(
            rules.instances(),
            rules.maxParallel(),
            rules.barrier(),
            rules.maxRetries(),
            0,
            0,
            false,
            true,
            true,
            rules.squash(),
            rules.publish()),
        Arrays.stream(Fault.values()).filter(fault -> fault != Fault.CANCELLED).toList());
  }

  private SimulatedCase make(long seed) {
    Execution shape = Execution.values()[random.nextInt(Execution.values().length)];
    int size = 1 + random.nextInt(MOST_TASKS);
    List<Integer> instances = new ArrayList<>();
    for (int familiar = random.nextInt(3); familiar >= 0; familiar--) {
      instances.add(1 + random.nextInt(3));
    }
    List<Task> tasks = new ArrayList<>();
    int stage = 0;
    for (int id = 0; id < size; id++) {
      stage += random.nextInt(3) == 0 ? 1 : 0;
      tasks.add(task(id, shape, size, stage, instances.size()));
    }
    List<Fault> faults =
        Arrays.stream(Fault.values()).filter(fault -> random.nextInt(100) < share(fault)).toList();
    return new SimulatedCase(seed, shape, tasks, rules(shape, instances), faults);
  }

  /** In how many runs of a hundred a fault may happen at all. */
  private static int share(Fault fault) {
    return switch (fault) {
      case CANCELLED -> 10;
      case FAMILIAR_FAILS, FAMILIAR_DEFERS, BRANCH_MOVES -> 30;
      case HOST_GIVES_UP -> 10;
      default -> 50;
    };
  }

  private Task task(int id, Execution shape, int size, int stage, int familiars) {
    TreeSet<Integer> needs = new TreeSet<>();
    TreeSet<Integer> after = new TreeSet<>();
    switch (shape) {
      case PARALLEL, STAGED_PARALLEL -> {}
      case PIPELINE -> {
        if (id > 0) {
          needs.add(id - 1);
        }
      }
      case FAN_OUT_FAN_IN -> {
        for (int earlier = 0; id == size - 1 && earlier < id; earlier++) {
          needs.add(earlier);
        }
      }
      case DAG -> {
        for (int earlier = 0; earlier < id; earlier++) {
          if (random.nextInt(100) < 35) {
            (random.nextInt(4) == 0 ? after : needs).add(earlier);
          }
        }
      }
    }
    return new Task(
        id,
        random.nextInt(familiars),
        List.copyOf(needs),
        List.copyOf(after),
        shape == Execution.STAGED_PARALLEL ? stage : 0,
        1 + random.nextInt(5),
        work());
  }

  private Work work() {
    int draw = random.nextInt(100);
    if (draw < 18 && tight < MOST_IN_ONE_FILE) {
      tight++;
      return Work.TIGHT;
    }
    return draw < 40
        ? Work.LOOSE
        : draw < 85 ? Work.OWN : draw < 90 ? Work.NOTHING : draw < 95 ? Work.READ_ONLY : Work.STEP;
  }

  private Rules rules(Execution shape, List<Integer> instances) {
    int publish = random.nextInt(10);
    return new Rules(
        instances,
        1 + random.nextInt(5),
        shape == Execution.STAGED_PARALLEL,
        random.nextInt(4),
        random.nextInt(6) == 0 ? 1 + random.nextInt(4) : 0,
        random.nextInt(8) == 0 ? 2 + random.nextInt(6) : 0,
        random.nextInt(5) == 0,
        random.nextInt(4) == 0,
        random.nextInt(5) == 0,
        random.nextInt(4) == 0,
        publish == 0 ? "never" : publish == 1 ? "always" : "on_success");
  }
}
