package io.archmage.process;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Decides from a run directory alone what became of a run, and ends it. Every decision that a run
 * is over is written down, so it is made, and its processes searched for, only once.
 */
final class Recovery {

  private static final Duration CLAIM_PATIENCE = Duration.ofSeconds(1);
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);
  private static final int KILLED = 128 + 9;

  /** A supervisor in another container is dead when its beat, two a second, is older than this. */
  private static final Duration BEAT_PATIENCE = Duration.ofSeconds(20);

  /** Enough for a beat; after a suspend of the machine every beat is old at first. */
  private static final Duration NEXT_BEAT = Duration.ofSeconds(2);

  private final RunDirectory run;

  Recovery(RunDirectory run) {
    this.run = run;
  }

  Attachment attach() throws IOException, InterruptedException {
    // Its worker may have died just now, and the supervisor that it left claims in a moment.
    boolean begins = run.hasLaunchScript() && awaitClaim(CLAIM_PATIENCE);
    if (!begins && !run.hasClaim()) {
      return new Attachment.NeverStarted();
    }
    if (!awaitClaim(CLAIM_PATIENCE)) {
      giveUp();
    }
    Optional<ProcessExit> exit = settle();
    if (exit.isEmpty()) {
      return new Attachment.Running(new SupervisedProcess(run, null));
    }
    return exit.get().reason() == EndReason.LOST
        ? new Attachment.Lost(whyLost())
        : new Attachment.Finished(exit.get());
  }

  /** The recorded exit; empty while the supervisor lives; a loss is found and recorded here. */
  Optional<ProcessExit> settle() throws IOException, InterruptedException {
    Optional<ProcessExit> exit = run.exit();
    if (exit.isEmpty()) {
      Optional<RunDirectory.Claim> claim = run.claim();
      if (claim.isEmpty() || isSupervised(claim.get())) {
        return Optional.empty();
      }
      exit = run.exit(); // it may have written it between our two looks
      if (exit.isEmpty()) {
        sweep(claim.get());
        exit = record();
      }
    }
    run.deleteLaunchScripts();
    return exit;
  }

  /** Kills supervisor and tree at once, and records it unless an end is recorded already. */
  void kill(int code, EndReason reason) throws IOException, InterruptedException {
    giveUp();
    Optional<RunDirectory.Claim> claim = run.claim();
    if (run.exit().isEmpty() && claim.isPresent()) {
      run.writeVerdict(code, reason); // for whoever else finds the supervisor dead
      endSupervisor(claim.get());
      sweep(claim.get());
      if (run.exit().isEmpty()) {
        record();
      }
    }
    run.deleteLaunchScripts();
  }

  /** Kills at once as if cancelled. */
  void kill() throws IOException, InterruptedException {
    kill(KILLED, EndReason.CANCELLED);
  }

  /** Waits until the claim says whose it is. */
  boolean awaitClaim(Duration patience) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (run.claim().isEmpty()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MICROSECONDS.sleep(500);
    }
    return true;
  }

  /**
   * Keeps a supervisor that has not begun from beginning: it claims first and then looks for the
   * request to cancel, we do it the other way round, so one of us sees the other.
   */
  private void giveUp() throws IOException, InterruptedException {
    run.requestCancel();
    if (!run.claimForNobody() && !awaitClaim(CLAIM_PATIENCE)) {
      run.overwriteClaim();
    }
  }

  private boolean isSupervised(RunDirectory.Claim claim) throws IOException, InterruptedException {
    ProcessIdentity supervisor = claim.supervisor();
    if (supervisor == null) {
      return false;
    }
    return claim.isElsewhere() ? isBeating() : claim.table().isAlive(supervisor);
  }

  private boolean isBeating() throws IOException, InterruptedException {
    Instant last = run.lastBeat();
    // A beat from the future was made before the clock was set back.
    if (Duration.between(last, Instant.now()).abs().compareTo(BEAT_PATIENCE) <= 0) {
      return true;
    }
    TimeUnit.MILLISECONDS.sleep(NEXT_BEAT.toMillis());
    return run.exit().isEmpty() && !run.lastBeat().equals(last);
  }

  /** It was asked to end, which it does itself if it lives; its processes are not ours to end. */
  private void awaitEndElsewhere(RunDirectory.Claim claim)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + BEAT_PATIENCE.plus(KILL_PATIENCE).toNanos();
    while (run.exit().isEmpty() && isSupervised(claim)) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "the supervisor of " + run.path() + " in another container does not end");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void endSupervisor(RunDirectory.Claim claim) throws IOException, InterruptedException {
    ProcessIdentity supervisor = claim.supervisor();
    if (supervisor == null || !isSupervised(claim)) {
      return;
    }
    if (claim.isElsewhere()) {
      awaitEndElsewhere(claim);
      return;
    }
    Optional<ProcessHandle> handle = ProcessHandle.of(supervisor.pid());
    if (handle.isEmpty()) {
      return;
    }
    // In a namespace this is its init, which ends only when everything inside has.
    List<ProcessHandle> children;
    try (Stream<ProcessHandle> stream = handle.get().children()) {
      children = claim.inNamespace() ? stream.toList() : List.of();
    }
    handle.get().destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    ProcessTable table = claim.table();
    long deadline = System.nanoTime() + KILL_PATIENCE.toNanos();
    while (table.isAlive(supervisor) || anyAlive(table, children)) {
      if (System.nanoTime() > deadline) {
        throw new IOException("process " + supervisor.pid() + " does not end after SIGKILL");
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static boolean anyAlive(ProcessTable table, List<ProcessHandle> handles)
      throws IOException, InterruptedException {
    for (ProcessHandle handle : handles) {
      if (handle.isAlive() && table.startTime(handle.pid()).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private void sweep(RunDirectory.Claim claim) throws IOException, InterruptedException {
    ProcessIdentity supervisor = claim.supervisor();
    if (supervisor != null
        && supervisor.boot().equals(claim.table().boot())
        && !claim.isElsewhere()) {
      ProcessSweep.ofRun(run, claim).kill(KILL_PATIENCE);
    }
  }

  private Optional<ProcessExit> record() throws IOException {
    Optional<RunDirectory.Verdict> verdict = run.verdict();
    boolean killed = verdict.isPresent() && verdict.get().reason() != EndReason.LOST;
    run.writeExit(
        verdict.orElse(new RunDirectory.Verdict(ProcessExit.UNKNOWN_CODE, EndReason.LOST)),
        killed ? Instant.now() : run.lastSignOfLife());
    return run.exit();
  }

  private String whyLost() throws IOException, InterruptedException {
    RunDirectory.Claim claim = run.claim().orElseThrow();
    ProcessIdentity supervisor = claim.supervisor();
    if (supervisor == null) {
      return "it was given up before it started";
    }
    if (!supervisor.boot().equals(claim.table().boot())) {
      return "the machine was restarted while it ran";
    }
    if (claim.isElsewhere()) {
      return "the container that it ran in is gone";
    }
    String complaints = run.complaints();
    return "its supervisor, process "
        + supervisor.pid()
        + ", ended without recording an exit"
        + (complaints.isEmpty() ? "" : ": " + complaints);
  }
}
