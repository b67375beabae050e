package io.archmage.simulation;

import io.archmage.simulation.Activity.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Activities at least once, on workers that come and go: heartbeat timeouts, tries with a back-off,
 * answers of abandoned tries refused, cancellation as the server does it.
 */
final class Engine {

  private static final long HEARTBEAT_TIMEOUT = 10_000;
  private static final int MOST_TRIES = 20;
  private static final int LONGEST_RESTART = 20_000;

  private final World world;
  private final List<Worker> workers = new ArrayList<>();
  private final List<Activity> unserved = new ArrayList<>();
  private final List<Activity> activities = new ArrayList<>();
  private int number;
  private int lateAnswers;

  Engine(World world) {
    this.world = world;
  }

  int lateAnswers() {
    return lateAnswers;
  }

  boolean anyOpen() {
    return activities.stream().anyMatch(activity -> activity.open);
  }

  /** Whether a worker is still at one of these, even if the server has given it up. */
  boolean runsAny(List<Activity> wanted) {
    return workers.stream()
        .flatMap(worker -> worker.runs.stream())
        .anyMatch(run -> wanted.contains(run.activity));
  }

  void start(Activity activity) {
    activities.add(activity);
    world.agenda.in(
        world.draws.below(30, "dispatch", activity.key), () -> dispatch(activity));
  }

  void startWorker() {
    Worker worker = new Worker(++number);
    workers.add(worker);
    world.note(worker + " starts");
    if (world.workflow.isOver()) {
      sweep(worker);
    }
    serve();
  }

  /** What a worker does about runs that have ended; nobody hears of it. */
  private void sweep(Worker worker) {
    Activity sweep =
        new Activity(
            "sweep",
            1_000_000 + number,
            run -> {
              new CloseModel(world, run).removeFolder();
              return "swept";
            },
            end -> {});
    sweep.open = false;
    run(sweep, worker);
  }

  /** The workflow wants it cancelled. */
  void cancel(Activity activity) {
    if (!activity.open) {
      return;
    }
    activity.cancelWanted = true;
    if (activity.current == null) {
      close(activity, new End.Cancelled());
    } else {
      activity.current.wish(ActivityRun.Wish.CANCEL);
    }
  }

  void workerDies(Worker worker) {
    if (!worker.alive) {
      return;
    }
    world.note(worker + " dies");
    worker.alive = false;
    worker.repositoryLock = null;
    List<ActivityRun> lost = List.copyOf(worker.runs);
    worker.runs.clear();
    lost.forEach(ActivityRun::kill);
    lost.forEach(run -> world.agenda.in(HEARTBEAT_TIMEOUT, () -> timedOut(run)));
    world.agenda.in(
        world.draws.below(LONGEST_RESTART, "restart", worker.number), this::startWorker);
  }

  void workerStalls(Worker worker, long millis) {
    if (!worker.alive || worker.stands(world.agenda.now())) {
      return;
    }
    world.note(worker + " stands still for " + millis + " ms");
    worker.standsStillUntil = world.agenda.now() + millis;
    if (millis > HEARTBEAT_TIMEOUT) {
      worker.runs.forEach(run -> world.agenda.in(HEARTBEAT_TIMEOUT, () -> timedOut(run)));
    }
    world.agenda.in(millis, this::serve);
  }

  /** Every worker dies, and with them all processes. */
  void machineRestarts() {
    world.faults.count(Fault.MACHINE_RESTARTS, "all processes end");
    world.host.processes().restart();
    List.copyOf(workers).forEach(this::workerDies);
  }

  private void serve() {
    List<Activity> waiting = List.copyOf(unserved);
    unserved.clear();
    waiting.forEach(this::dispatch);
  }

  private void dispatch(Activity activity) {
    if (!activity.open || activity.current != null) {
      return;
    }
    Optional<Worker> worker = poller(activity);
    if (worker.isEmpty()) {
      unserved.add(activity);
      return;
    }
    activity.tries++;
    activity.current = run(activity, worker.get());
    if (activity.cancelWanted) {
      activity.current.wish(ActivityRun.Wish.CANCEL);
    }
  }

  private Optional<Worker> poller(Activity activity) {
    List<Worker> polling =
        workers.stream()
            .filter(worker -> worker.alive && !worker.stands(world.agenda.now()))
            .toList();
    return polling.isEmpty()
        ? Optional.empty()
        : Optional.of(
            polling.get(
                world.draws.below(polling.size(), "poller", activity.key, activity.tries)));
  }

  private ActivityRun run(Activity activity, Worker worker) {
    ActivityRun[] self = new ActivityRun[1];
    ActivityRun run =
        new ActivityRun(world, activity, worker, activity.tries, () -> live(self[0]));
    self[0] = run;
    worker.runs.add(run);
    world.note(run + " begins");
    run.begin();
    return run;
  }

  private void live(ActivityRun run) {
    Object result = null;
    RuntimeException failure = null;
    try {
      world.faults.atBegin(run);
      result = run.activity.body.apply(run);
    } catch (FamiliarFailed | HostTrouble known) {
      failure = known;
    }
    run.worker.runs.remove(run);
    ended(run, result, failure);
  }

  private void ended(ActivityRun run, Object result, RuntimeException failure) {
    Activity activity = run.activity;
    world.note(run + " ends: " + (failure == null ? result : failure.getMessage()));
    if (!activity.open || activity.current != run) {
      lateAnswers++;
      return;
    }
    switch (world.faults.atEnd(run)) {
      case NOT_TOLD -> world.agenda.in(HEARTBEAT_TIMEOUT, () -> timedOut(run));
      case TOLD_AS_FAILED -> failed(activity, "reported as failed");
      case TOLD -> {
        switch (failure) {
          case FamiliarFailed familiar -> close(activity, new End.Familiar(familiar));
          case HostTrouble trouble -> failed(activity, trouble.getMessage());
          case null, default -> close(activity, new End.Done(result));
        }
      }
    }
  }

  private void timedOut(ActivityRun run) {
    Activity activity = run.activity;
    if (activity.open && activity.current == run) {
      world.note(run + " timed out");
      if (run.worker.alive && !run.isOver()) {
        run.wish(ActivityRun.Wish.DETACH);
      }
      failed(activity, "no heartbeat");
    }
  }

  private void failed(Activity activity, String why) {
    activity.current = null;
    if (activity.cancelWanted || activity.tries >= MOST_TRIES) {
      close(activity, new End.Lost(why));
      return;
    }
    double backoff = 1_000 * Math.pow(1.5, activity.tries - 1.0);
    world.agenda.in((long) Math.min(backoff, 30_000), () -> dispatch(activity));
  }

  private void close(Activity activity, End end) {
    activity.open = false;
    activity.current = null;
    activity.onEnd.accept(end);
  }
}
