package io.archmage.server;

import io.archmage.settings.StateDirectory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What {@code archmage server} does in the foreground: it runs the Temporal server as a child
 * process, writes down where it is, and starts it again on the same database and ports when it
 * dies. At most one per state directory.
 */
public final class ServerProcess {
  /** The namespace every embedded server has. */
  static final String NAMESPACE = "default";

  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_TICK = Duration.ofSeconds(30);
  private static final Duration SHORTEST_TICK = Duration.ofMillis(200);
  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(30);
  private static final long LOG_LIMIT = 10L << 20;

  private final ServerFiles files;
  private final Map<String, String> environment;
  private final Supplier<TemporalCli> cli;
  private final Optional<Duration> untilIdle;
  private final Consumer<String> out;
  private final RestartBudget restarts = new RestartBudget(5, Duration.ofMinutes(1));
  private final CompletableFuture<Void> stop = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** How a run of this ended without an error. */
  public enum Outcome {
    /** Asked to, by a signal or {@link #requestStop}. */
    STOPPED,
    /** Nobody used it for the given time. */
    IDLE,
    /** Another one serves this state directory already; its address was printed. */
    ALREADY_RUNNING
  }

  /**
   * @param environment of the Temporal server, less the {@code TEMPORAL_*} variables
   * @param cli finds the executable; asked only if a server is to be started
   * @param untilIdle ends the server once nobody has used it for that long; empty: never
   * @param out gets single lines for the person who watches
   */
  public ServerProcess(
      StateDirectory state,
      Map<String, String> environment,
      Supplier<TemporalCli> cli,
      Optional<Duration> untilIdle,
      Consumer<String> out) {
    this.files = new ServerFiles(state);
    this.environment = Map.copyOf(environment);
    this.cli = cli;
    this.untilIdle = untilIdle;
    this.out = out;
  }

  /**
   * Runs until it is asked to stop, by SIGTERM, SIGINT or {@link #requestStop}, or is idle. Then
   * the Temporal server has ended and the record is gone. To be called once.
   *
   * @throws ServerException if no server can be started, or it keeps dying
   */
  public Outcome run() {
    files.create();
    Thread hook = new Thread(this::stopAndWait, "archmage-server-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      Optional<ServerLock> lock = lockUnlessRunning();
      if (lock.isEmpty()) {
        return stop.isDone() ? Outcome.STOPPED : Outcome.ALREADY_RUNNING;
      }
      try {
        return supervise();
      } finally {
        lock.get().close();
      }
    } finally {
      ended.complete(null);
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The virtual machine is already shutting down, so the hook is what brought us here.
      }
    }
  }

  /** Makes {@link #run} end soon; returns at once. From any thread. */
  public void requestStop() {
    stop.complete(null);
  }

  private void stopAndWait() {
    requestStop();
    try {
      ended.get(SHUTDOWN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      out.accept("the server did not end in order: " + e);
    }
  }

  /** Empty if another one serves, which was then said, or if asked to stop. */
  private Optional<ServerLock> lockUnlessRunning() {
    EmbeddedServer other = new EmbeddedServer(files.state(), environment);
    long end = System.nanoTime() + READY_LIMIT.toNanos();
    while (!stop.isDone()) {
      Optional<ServerLock> lock = ServerLock.tryAcquire(files.lock());
      if (lock.isPresent()) {
        return lock;
      }
      Optional<ServerRecord> running = other.running();
      if (running.isPresent()) {
        out.accept("a server is running already");
        announce(running.get());
        return Optional.empty();
      }
      if (System.nanoTime() - end >= 0) {
        throw new ServerException(
            "another archmage server ("
                + ServerLock.owner(files.lock())
                + ") holds "
                + files.lock()
                + " but does not answer; end that process and try again");
      }
      await(stop, Duration.ofMillis(100));
    }
    return Optional.empty();
  }

  private Outcome supervise() {
    Optional<ServerRecord> left =
        ServerRecord.read(files.record()).filter(record -> record.server().isRunning());
    if (left.isPresent() && ServerProbe.answers(left.get().ports())) {
      out.accept("taking over the Temporal server of a supervisor that is gone");
      return watch(DevServer.adopt(left.get()), Optional.empty());
    }
    left.ifPresent(record -> record.server().stop(Duration.ofSeconds(10)));
    TemporalCli found = cli.get();
    ServerPorts ports = ServerPorts.choose(LastServer.read(files.last()).map(LastServer::ports));
    return watch(start(found, ports), Optional.of(found));
  }

  private DevServer start(TemporalCli found, ServerPorts ports) {
    rotateLog();
    LastServer.read(files.last())
        .ifPresent(last -> last.backUpBefore(found.version(), files.database(), out));
    new LastServer(ports, found.version()).write(files.last());
    DevServer server = DevServer.start(found, ports, files, environment);
    server.record().write(files.record());
    return server;
  }

  /** Keeps a server running until there is a reason to end. */
  private Outcome watch(DevServer first, Optional<TemporalCli> found) {
    DevServer server = first;
    server.record().write(files.record());
    ServerPorts ports = server.record().ports();
    boolean announced = false;
    try (ServerActivity activity = new ServerActivity(ports, files.wanted())) {
      while (true) {
        if (awaitReady(server) && !announced) {
          announce(server.record());
          announced = true;
        }
        Optional<Outcome> outcome = untilExit(server, activity);
        if (outcome.isPresent()) {
          return outcome.get();
        }
        server.stop();
        Duration pause = restarts.died(Instant.now()).orElseThrow(this::keepsDying);
        out.accept("the Temporal server ended unexpectedly; starting it again");
        await(stop, pause);
        if (stop.isDone()) {
          return Outcome.STOPPED;
        }
        server = start(found.orElseGet(cli), ports);
      }
    } finally {
      server.record().remove(files.record());
      server.stop();
    }
  }

  private ServerException keepsDying() {
    return new ServerException(
        "the Temporal server died more than "
            + restarts
            + "; its log "
            + files.log()
            + " ends with:\n"
            + new LogFile(files.log()).tail());
  }

  /** Waits until the server can be used, has died, is too slow (then it is ended) or must stop. */
  private boolean awaitReady(DevServer server) {
    ServerPorts ports = server.record().ports();
    boolean settled =
        Poll.until(
            READY_LIMIT,
            PAUSE,
            () -> server.exit().isDone()
                || stop.isDone()
                || ServerProbe.isReady(ports, NAMESPACE));
    if (!settled) {
      out.accept("the Temporal server was not ready within " + READY_LIMIT.toSeconds() + " s");
      server.stop();
    }
    return settled && !server.exit().isDone() && !stop.isDone();
  }

  /** Empty once the server has died. */
  private Optional<Outcome> untilExit(DevServer server, ServerActivity activity) {
    Duration tick = untilIdle.map(ServerProcess::tick).orElse(LONGEST_TICK);
    CompletableFuture<Object> exitOrStop = CompletableFuture.anyOf(server.exit(), stop);
    Instant lastSeen = Instant.now();
    while (!stop.isDone()) {
      await(exitOrStop, tick);
      if (stop.isDone()) {
        break;
      }
      if (server.exit().isDone()) {
        return Optional.empty();
      }
      rotateLog();
      if (untilIdle.isEmpty()) {
        continue;
      }
      if (activity.seen()) {
        lastSeen = Instant.now();
      } else if (!Instant.now().isBefore(lastSeen.plus(untilIdle.get()))) {
        if (retire(server, activity)) {
          out.accept("nobody used the server for " + untilIdle.get() + "; it ends");
          return Optional.of(Outcome.IDLE);
        }
        lastSeen = Instant.now();
      }
    }
    return Optional.of(Outcome.STOPPED);
  }

  /**
   * Takes the record away, unless a command asks for the server just now. A command first says that
   * it wants the server and then reads the record, so it either finds no record, or is seen here.
   */
  private boolean retire(DevServer server, ServerActivity activity) {
    server.record().remove(files.record());
    if (!activity.wanted()) {
      return true;
    }
    server.record().write(files.record());
    return false;
  }

  private static Duration tick(Duration idle) {
    Duration part = idle.dividedBy(5);
    if (part.compareTo(LONGEST_TICK) > 0) {
      return LONGEST_TICK;
    }
    return part.compareTo(SHORTEST_TICK) < 0 ? SHORTEST_TICK : part;
  }

  private void rotateLog() {
    try {
      new LogFile(files.log()).rotateBeyond(LOG_LIMIT);
    } catch (IOException e) {
      out.accept("cannot rotate " + files.log() + ": " + e);
    }
  }

  private void announce(ServerRecord record) {
    out.accept("Temporal server " + record.version() + " at " + record.address());
    out.accept("Web UI             " + record.ui());
    out.accept("with the CLI       temporal --address " + record.address());
    out.accept("log                " + files.log());
  }

  /** Waits for the event or for the time. */
  private void await(CompletableFuture<?> event, Duration limit) {
    try {
      event.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // The caller looks at what has happened by itself.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      requestStop();
    } catch (ExecutionException e) {
      throw new ServerException("waiting for the Temporal server failed: " + e.getCause(), e);
    }
  }
}
