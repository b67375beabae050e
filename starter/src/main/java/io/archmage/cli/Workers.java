package io.archmage.cli;

import io.archmage.server.DetachedProcess;
import io.archmage.server.LogFile;
import io.archmage.server.TemporalConnection;
import io.archmage.worker.ServerPollers;
import io.archmage.worker.WorkerIdentity;
import io.temporal.client.WorkflowExecutionDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Sees to it that a worker serves a repository. */
final class Workers {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final long LOG_LIMIT = 10L << 20;
  private static final int HASH_DIGITS = 8;

  private final Session session;
  private final TemporalConnection server;

  Workers(Session session, TemporalConnection server) {
    this.session = session;
    this.server = server;
  }

  /**
   * Starts a worker as a process of its own unless one with this configuration polls. An idle one
   * with another configuration that an earlier run started is replaced.
   *
   * @param project whom to serve
   * @param request whose configuration, trust and server it gets
   * @throws CommandFailure if a worker with another configuration polls, or ours does not come up
   */
  void ensure(OpenedProject project, RunRequest request) {
    if (serves(project)) {
      return;
    }
    List<String> command = new ArrayList<>(session.launcher().command());
    command.addAll(List.of("worker", IdleWorkers.UNTIL_IDLE, "10m"));
    command.addAll(List.of("--repo", project.repository().toString()));
    if (request.configuration() != null) {
      command.addAll(List.of("--config", request.configuration().toString()));
    }
    command.addAll(Servers.argumentsFor(server.target(), request.server()));
    LogFile log = log(project);
    session.console().note("Starting a worker; its log is " + log.path());
    Process worker = DetachedProcess.start(command, session.console().environment(), log);
    awaitPolling(project, worker, log);
  }

  /** The command that starts a worker for a repository by hand. */
  static String commandFor(Session session, Path repository) {
    return session.launcher().typed()
        + " worker --repo "
        + Shell.word(repository.toString());
  }

  /** The same for the repository that an open run noted; of others only the person knows. */
  static String commandFor(Session session, WorkflowExecutionDescription run) {
    String repository = RunReader.memo(run, RunReader.REPOSITORY_MEMO);
    return repository == null
        ? session.launcher().typed() + " worker --repo DIR"
        : commandFor(session, Path.of(repository));
  }

  private boolean serves(OpenedProject project) {
    String hash = digits(project.configHash());
    List<WorkerIdentity> workers =
        new ServerPollers(server.client())
            .workers(project.queue())
            // A shared run starts from this machine's checkout, so this machine must serve, too.
            .filter(worker -> !project.isShared() || worker.isHere())
            .toList();
    if (workers.stream().anyMatch(worker -> worker.configHash().equals(hash))) {
      return true;
    }
    if (workers.isEmpty() || new IdleWorkers(session, server).end(project, workers)) {
      return false;
    }
    WorkerIdentity other = workers.getFirst();
    throw CommandFailure.environment(
        "A worker serves "
            + project.repository()
            + " with another configuration (hash "
            + other.configHash()
            + ", here "
            + hash
            + "). Stop it with 'kill "
            + other.pid()
            + "' on "
            + other.host()
            + " when its runs have ended, and try again; or use the configuration it was started"
            + " with.");
  }

  private void awaitPolling(OpenedProject project, Process worker, LogFile log) {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!serves(project)) {
      boolean late = System.nanoTime() - end >= 0;
      if (late || !worker.isAlive()) {
        String why =
            late
                ? "is not ready after " + START_LIMIT.toSeconds() + " s"
                : "ended with exit code " + worker.exitValue();
        if (late) {
          worker.destroy();
        }
        throw CommandFailure.environment(
            "The worker " + why + "; its log " + log.path() + " ends with:\n" + log.tail());
      }
      // The server tells nobody when somebody begins to poll.
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private LogFile log(OpenedProject project) {
    Path directory = session.state().create().path().resolve("workers");
    LogFile log = new LogFile(directory.resolve(project.repositoryId() + ".log"));
    try {
      Files.createDirectories(directory);
      log.rotateBeyond(LOG_LIMIT);
      return log;
    } catch (IOException e) {
      throw CommandFailure.environment("Cannot write " + log.path() + ": " + e);
    }
  }

  private static String digits(String hash) {
    return hash.substring(0, Math.min(HASH_DIGITS, hash.length()));
  }
}
