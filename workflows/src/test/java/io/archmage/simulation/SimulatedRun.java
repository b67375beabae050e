package io.archmage.simulation;

import io.archmage.durable.ShellModel.Input;
import io.archmage.report.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * One whole run, from its first task to the quiet after its end.
 *
 * @param status how it ended
 * @param tree the files of its head, without what tells attempts and people apart
 * @param decided whether a person decided a conflict
 * @param faults how many struck
 * @param trace everything that happened, in order
 */
record SimulatedRun(
    RunStatus status,
    SortedMap<String, SortedSet<String>> tree,
    boolean decided,
    Map<Fault, Integer> faults,
    int lateAnswers,
    List<String> trace) {

  private static final int MOST_STEPS = 200_000;
  private static final int SHOWN = 60;

  /** Plays the case and the same case undisturbed; throws if a promise is broken. */
  static SimulatedRun check(SimulatedCase plan, Mutation mutation) {
    SimulatedRun run = play(plan, mutation);
    SimulatedRun calm = play(plan.undisturbed(), Mutation.NONE);
    if (run.status == RunStatus.COMPLETED
        && calm.status == RunStatus.COMPLETED
        && !run.decided
        && !calm.decided
        && !run.tree.equals(calm.tree)) {
      throw new Violation("the files are " + run.tree + " and, undisturbed, " + calm.tree);
    }
    return run;
  }

  /** Plays the case; throws if a promise is broken, with the last of what happened. */
  static SimulatedRun play(SimulatedCase plan, Mutation mutation) {
    World world = new World(plan, mutation);
    try {
      return play(world);
    } catch (AssertionError | RuntimeException broken) {
      List<String> trace = world.trace();
      List<String> last = trace.subList(Math.max(0, trace.size() - SHOWN), trace.size());
      throw new AssertionError(
          broken.getMessage() + "\nThe last of what happened:\n" + String.join("\n", last),
          broken);
    }
  }

  private static SimulatedRun play(World world) {
    for (int worker = world.draws.below(2, "workers"); worker >= 0; worker--) {
      world.engine.startWorker();
    }
    world.user.begin();
    world.workflow.tell(new Input.Begun());
    untilQuiet(world);
    world.oracle.finished();
    world.faults.makePeace();
    world.engine.startWorker();
    untilQuiet(world);
    world.oracle.quiet();
    TreeMap<String, SortedSet<String>> tree =
        new TreeMap<>(world.git.tree(world.workflow.shell().head()));
    tree.keySet().removeIf(path -> path.startsWith("stamp/") || path.startsWith("user/"));
    return new SimulatedRun(
        world.workflow.finished(),
        tree,
        world.user.decided(),
        world.faults.counts(),
        world.engine.lateAnswers(),
        new ArrayList<>(world.trace()));
  }

  private static void untilQuiet(World world) {
    int steps = 0;
    while (world.agenda.step()) {
      if (++steps > MOST_STEPS) {
        throw new Violation("no end after " + steps + " steps");
      }
    }
  }
}
