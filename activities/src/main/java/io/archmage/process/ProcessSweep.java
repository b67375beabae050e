package io.archmage.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds and kills processes left behind, by the traces they show: a marker in the environment, a
 * file open in the run directory, a working directory below the workspace. It never touches this
 * JVM, its ancestors, its session, or processes with a terminal. One that shows no trace is not
 * found; only a pid namespace ends those.
 */
public final class ProcessSweep {

  private static final long ROUND_MILLIS = 10;

  private final ProcessTable table;
  private final Traces traces;

  ProcessSweep(ProcessTable table, Traces traces) {
    this.table = table;
    this.traces = traces;
  }

  /** A sweep for processes that work, or have a file open, at or below an existing directory. */
  public static ProcessSweep under(Path directory) throws IOException {
    Path real = directory.toRealPath();
    return new ProcessSweep(
        ProcessTable.ofThisMachine(), new Traces(null, real, List.of(real), null, 0));
  }

  /**
   * A sweep for what a run left. Only for one whose end is not recorded: after it the workspace may
   * serve another run, which this sweep would find there.
   */
  static ProcessSweep ofRun(RunDirectory run, RunDirectory.Claim claim)
      throws IOException, InterruptedException {
    ProcessTable table = claim.table();
    List<Path> workplaces = new ArrayList<>(List.of(run.path()));
    run.workplace().ifPresent(workplaces::add);
    ProcessIdentity supervisor = claim.supervisor();
    long notBefore =
        supervisor != null && table instanceof ProcTable ? Long.parseLong(supervisor.start()) : 0;
    return new ProcessSweep(
        table,
        new Traces(run.marker(), run.path(), workplaces, session(run, claim, table), notBefore));
  }

  /** The familiar's session, unless its number belongs to somebody else by now. */
  private static @Nullable Long session(
      RunDirectory run, RunDirectory.Claim claim, ProcessTable table)
      throws IOException, InterruptedException {
    Optional<RunDirectory.Familiar> familiar = run.familiar();
    if (claim.inNamespace() || familiar.isEmpty()) {
      return null;
    }
    Optional<String> start = table.startTime(familiar.get().pid());
    return start.isEmpty() || start.get().equals(familiar.get().start())
        ? familiar.get().pid()
        : null;
  }

  /** Process ids of what is there now. */
  public List<Long> find() throws IOException, InterruptedException {
    return table.find(traces);
  }

  /**
   * Kills until two looks in a row find nothing.
   *
   * @return the ids of the processes that were killed
   * @throws IOException if some are still alive when the time is up
   */
  public List<Long> kill(Duration patience) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    List<Long> killed = new ArrayList<>();
    int empty = 0;
    while (empty < 2) {
      List<Long> found = find();
      for (Long pid : found) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      }
      killed.addAll(found);
      empty = found.isEmpty() ? empty + 1 : 0;
      if (System.nanoTime() > deadline && !found.isEmpty()) {
        throw new IOException("processes do not end after SIGKILL: " + found);
      }
      if (!found.isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS); // the kernel tells nobody but the parent
      }
    }
    return killed.stream().distinct().toList();
  }
}
