package io.archmage.cli;

import io.archmage.server.ProcessIdentity;
import io.archmage.server.TemporalConnection;
import io.archmage.worker.WorkerIdentity;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Workers of this machine that earlier commands started and that only wait for their end. */
final class IdleWorkers {

  /** What {@link Workers} starts them with. */
  static final String UNTIL_IDLE = "--until-idle";

  private static final long END_SECONDS = 20;

  private final Session session;
  private final TemporalConnection server;

  IdleWorkers(Session session, TemporalConnection server) {
    this.session = session;
    this.server = server;
  }

  /**
   * Ends these workers, if each of them may be ended.
   *
   * @return whether they are gone
   */
  boolean end(OpenedProject project, List<WorkerIdentity> workers) {
    List<Optional<ProcessHandle>> found = workers.stream().map(IdleWorkers::process).toList();
    RunReader runs = new RunReader(session, server);
    if (found.stream().anyMatch(Optional::isEmpty)
        || runs.anyOpen(project.repository(), project.queue())) {
      return false;
    }
    List<ProcessHandle> processes = found.stream().map(Optional::orElseThrow).toList();
    session.console().note("The configuration has changed: replacing the worker, which is idle.");
    processes.forEach(ProcessHandle::destroy);
    CompletableFuture<?>[] ends =
        processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends).completeOnTimeout(null, END_SECONDS, TimeUnit.SECONDS).join();
    return processes.stream().noneMatch(ProcessHandle::isAlive);
  }

  /** The process of a worker for one repository that would end by itself. */
  private static Optional<ProcessHandle> process(WorkerIdentity worker) {
    return Optional.of(worker)
        .filter(WorkerIdentity::isHere)
        .filter(one -> one.repositories().size() == 1)
        .flatMap(one -> ProcessHandle.of(one.pid()))
        .filter(
            process -> ProcessIdentity.commandLine(process)
                .containsAll(List.of("worker", UNTIL_IDLE)));
  }
}
