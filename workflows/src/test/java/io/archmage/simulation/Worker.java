package io.archmage.simulation;

import java.util.ArrayList;
import java.util.List;

/** A worker process: what it runs dies with it. */
final class Worker {
  final int number;
  final List<ActivityRun> runs = new ArrayList<>();
  boolean alive = true;
  long standsStillUntil;
  ActivityRun repositoryLock;

  Worker(int number) {
    this.number = number;
  }

  boolean stands(long now) {
    return now < standsStillUntil;
  }

  @Override
  public String toString() {
    return "worker " + number;
  }
}
