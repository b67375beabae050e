package io.archmage.simulation;

/** {@code io.archmage.git.RepositoryLock}: it keeps apart what one worker does, and no others. */
final class RepositoryLock {

  private RepositoryLock() {}

  static void take(ActivityRun run) {
    while (run.worker.repositoryLock != null) {
      run.waitFor(20);
    }
    run.worker.repositoryLock = run;
  }

  static void give(ActivityRun run) {
    if (run.worker.repositoryLock == run) {
      run.worker.repositoryLock = null;
    }
  }
}
