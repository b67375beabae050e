package io.archmage.simulation;

/** One try of an activity on one worker; what its code calls between its steps. */
final class ActivityRun {

  /** What whoever asked for it wants, as {@code AttemptControl.Wish}. */
  enum Wish {
    GO_ON, CANCEL, DETACH
  }

  private static final int LONGEST_STEP = 12;
  private static final int LONGEST_ANSWER = 500;

  final Activity activity;
  final Worker worker;
  private final World world;
  private final int number;
  private final Strand strand;
  private Wish wish = Wish.GO_ON;
  private int steps;
  private int waits;

  ActivityRun(World world, Activity activity, Worker worker, int number, Runnable body) {
    this.world = world;
    this.activity = activity;
    this.worker = worker;
    this.number = number;
    this.strand = new Strand(body);
  }

  /** Between two effects: whatever can happen meanwhile does. */
  void step(String what) {
    steps++;
    world.faults.atStep(this, steps, what);
    pause(draw(LONGEST_STEP, "step", steps));
  }

  /** Waits until it is told to look, at most so long. */
  void waitFor(long millis) {
    steps++;
    world.faults.whileWaiting(this, steps, millis);
    pause(millis);
  }

  /** Tells it to look. */
  void look() {
    int wait = waits;
    world.agenda.in(1, () -> wake(wait));
  }

  /** Begins with its first step. */
  void begin() {
    world.agenda.in(draw(20, "begin", 0), () -> wake(waits));
  }

  /** The server answers its heartbeats with this from now on. */
  void wish(Wish wanted) {
    long delay = Math.max(0, worker.standsStillUntil - world.agenda.now());
    world.agenda.in(
        delay + draw(LONGEST_ANSWER, "answer", wanted.ordinal()),
        () -> {
          if (worker.alive && wish != Wish.DETACH) {
            wish = wanted;
            look();
          }
        });
  }

  Wish wish() {
    return wish;
  }

  /** What the server wants at this moment. */
  Wish ask() {
    if (!activity.open || activity.current != this) {
      return Wish.DETACH;
    }
    return activity.cancelWanted ? Wish.CANCEL : Wish.GO_ON;
  }

  int draw(int bound, String purpose, int which) {
    return world.draws.below(bound, purpose, activity.key, number, which);
  }

  /** Numbers the try, from 1. */
  int number() {
    return number;
  }

  boolean isOver() {
    return strand.isOver();
  }

  /** Its worker died. */
  void kill() {
    strand.kill();
  }

  private void pause(long millis) {
    int wait = ++waits;
    world.agenda.in(millis, () -> wake(wait));
    strand.leave();
  }

  private void wake(int wait) {
    if (wait != waits || strand.isOver() || !worker.alive) {
      return;
    }
    if (worker.stands(world.agenda.now())) {
      world.agenda.in(worker.standsStillUntil - world.agenda.now(), () -> wake(wait));
      return;
    }
    strand.resume();
  }

  @Override
  public String toString() {
    return activity.name + " try " + number + " on " + worker;
  }
}
