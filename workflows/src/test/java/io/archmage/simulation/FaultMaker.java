package io.archmage.simulation;

import java.util.EnumMap;
import java.util.Map;

/** Decides where faults strike, and counts them. */
final class FaultMaker {

  /** From this try of an activity on it is left in peace, so that every run ends. */
  private static final int PATIENCE = 5;

  private static final int STEPS_APART = 90;
  private static final int WAITS_APART = 12;
  private static final int LONGEST_STALL = 45_000;

  /** How the end of a try is told. */
  enum Telling {
    TOLD, TOLD_AS_FAILED, NOT_TOLD
  }

  private final World world;
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
  private boolean peace;

  FaultMaker(World world) {
    this.world = world;
  }

  Map<Fault, Integer> counts() {
    return counts;
  }

  /** From now on nothing goes wrong. */
  void makePeace() {
    peace = true;
  }

  /** Notes that a fault struck. */
  void count(Fault fault, String where) {
    counts.merge(fault, 1, Integer::sum);
    world.note("FAULT " + fault + ": " + where);
  }

  void atBegin(ActivityRun run) {
    Draws draws = world.draws;
    if (!peace
        && world.plan.may(Fault.HOST_GIVES_UP)
        && draws.once(40, "gives up", run.activity.key)
        && run.number() > run.activity.mostGoodTries(draws)) {
      if (run.number() <= PATIENCE) {
        count(Fault.HOST_GIVES_UP, run.toString());
      }
      throw new HostTrouble("the disk is full");
    }
    if (strikes(Fault.FAILS_BEFORE, run, 9, 0)) {
      throw new HostTrouble("before it began");
    }
  }

  Telling atEnd(ActivityRun run) {
    if (strikes(Fault.REPORTED_FAILED, run, 9, 0)) {
      return Telling.TOLD_AS_FAILED;
    }
    return strikes(Fault.RESULT_LOST, run, 9, 0) ? Telling.NOT_TOLD : Telling.TOLD;
  }

  void atStep(ActivityRun run, int step, String what) {
    if (strikes(Fault.WORKER_DIES, run, STEPS_APART, step)) {
      world.agenda.first(() -> world.engine.workerDies(run.worker));
    } else if (strikes(Fault.WORKER_STALLS, run, STEPS_APART, step)) {
      stall(run, step, 0);
    } else if (strikes(Fault.FAILS_BETWEEN, run, STEPS_APART, step)) {
      throw new HostTrouble("at: " + what);
    }
  }

  void whileWaiting(ActivityRun run, int step, long millis) {
    int later = run.draw((int) millis + 1, "later", step);
    if (strikes(Fault.WORKER_DIES, run, WAITS_APART, step)) {
      world.agenda.in(later, () -> world.engine.workerDies(run.worker));
    } else if (strikes(Fault.WORKER_STALLS, run, WAITS_APART, step)) {
      stall(run, step, later);
    }
  }

  private void stall(ActivityRun run, int step, int later) {
    int length = 1_000 + run.draw(LONGEST_STALL, "stall", step);
    world.agenda.in(later, () -> world.engine.workerStalls(run.worker, length));
  }

  private boolean strikes(Fault fault, ActivityRun run, int in, int step) {
    boolean now =
        !peace
            && world.plan.may(fault)
            && run.number() <= PATIENCE
            && run.draw(in, fault.name(), step) == 0;
    if (now) {
      count(fault, run + " step " + step);
    }
    return now;
  }
}
