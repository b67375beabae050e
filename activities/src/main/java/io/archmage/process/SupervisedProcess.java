package io.archmage.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A familiar under its supervisor, as one worker sees it. It goes on when this object, the worker
 * or the worker's terminal is gone, until {@link #leaseTtl()} passes without {@link #renewLease()}.
 * Several objects, also in several JVMs, may stand for the same one. Thread-safe.
 */
public final class SupervisedProcess {

  /** How often the exit of a process that is no child of this JVM is looked for. */
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final RunDirectory run;
  private final @Nullable Process child;
  private final Recovery recovery;
  private volatile boolean launchScriptsDeleted;

  /**
   * @param child the process this JVM started, perhaps the supervisor; only its end is used, as a
   *     hint to look at once
   */
  SupervisedProcess(RunDirectory run, @Nullable Process child) {
    this.run = run;
    this.child = child;
    this.recovery = new Recovery(run);
  }

  /** The run directory, by its real path; all that another JVM needs to attach. */
  public Path runDirectory() {
    return run.path();
  }

  /** Standard output so far; does not exist before the first sign of life. */
  public Path out() {
    return run.path().resolve(RunDirectory.OUT);
  }

  /** Standard error so far. */
  public Path err() {
    return run.path().resolve(RunDirectory.ERR);
  }

  /** How long the supervisor goes on without a renewal; renew every third of it. */
  public Duration leaseTtl() throws IOException {
    return run.leaseTtl();
  }

  /** Tells the supervisor that a worker still wants this process. */
  public void renewLease() throws IOException {
    run.writeLease(ProcessHandle.current().pid() + "-" + System.nanoTime());
  }

  /** Bytes written to standard output and standard error together. */
  public long outputSize() throws IOException {
    return run.size(RunDirectory.OUT) + run.size(RunDirectory.ERR);
  }

  /** How it ended; empty while it runs. Finds out, too, that it was lost. */
  public Optional<ProcessExit> poll() throws IOException, InterruptedException {
    Optional<ProcessExit> exit = recovery.settle();
    if (exit.isEmpty() && !launchScriptsDeleted && run.familiar().isPresent()) {
      run.deleteLaunchScripts();
      launchScriptsDeleted = true;
    }
    return exit;
  }

  /**
   * Waits for the end. Does not renew the lease.
   *
   * @return empty if it still runs after {@code timeout}
   * @throws InterruptedException if the thread is interrupted; the process goes on
   */
  public Optional<ProcessExit> await(Duration timeout) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      Optional<ProcessExit> exit = poll();
      long left = deadline - System.nanoTime();
      if (exit.isPresent() || left <= 0) {
        return exit;
      }
      if (child != null && child.isAlive()) {
        child.waitFor(Math.min(left, TimeUnit.SECONDS.toNanos(1)), TimeUnit.NANOSECONDS);
      } else {
        TimeUnit.NANOSECONDS.sleep(Math.min(left, POLL_NANOS));
      }
    }
  }

  /** Asks the supervisor to send SIGTERM, and SIGKILL after the grace; returns at once. */
  public void cancel() throws IOException {
    run.requestCancel();
  }

  /**
   * Kills supervisor and tree now; nothing of them is alive when this returns.
   *
   * @return how it ended, perhaps by itself just before
   * @throws IOException if a process does not end even so
   */
  public ProcessExit kill() throws IOException, InterruptedException {
    recovery.kill();
    return recovery.settle().orElseThrow();
  }
}
