package io.archmage.server;

import io.archmage.settings.StateDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The embedded server of a state directory, as commands see it: they find it, have it started and
 * stop it, by its record {@code <state>/server.json}. The server itself is {@link ServerProcess},
 * in a process of its own.
 */
public final class EmbeddedServer {
  private static final String IDLE = "30m";
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_GRACE = Duration.ofSeconds(40);
  private static final Duration SERVER_GRACE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final long LOG_LIMIT = 1L << 20;

  private final ServerFiles files;
  private final Map<String, String> environment;

  /**
   * @param environment of the process that is started where none runs
   */
  public EmbeddedServer(StateDirectory state, Map<String, String> environment) {
    this.files = new ServerFiles(state);
    this.environment = Map.copyOf(environment);
  }

  /**
   * The server that runs and answers now. One whose supervisor is gone counts, too; a stranger on
   * the recorded port does not.
   */
  public Optional<ServerRecord> running() {
    return ServerRecord.read(files.record()).filter(EmbeddedServer::answers);
  }

  /**
   * The running server, else a new one: {@code launcher} with {@code server --until-idle 30m}
   * appended is started as a process of its own, which outlives the caller and has none of its
   * streams. Of several callers at once, one server comes.
   *
   * @param launcher the command that starts Archmage
   * @return once it can be used
   * @throws ServerException if it does not come up; the message has the end of its log
   */
  public ServerRecord ensureRunning(List<String> launcher) {
    files.touchWanted();
    AtomicReference<Optional<ServerRecord>> found = new AtomicReference<>(Optional.empty());
    // A supervised server that does not answer is being started again: that is waited for.
    Poll.until(
        START_LIMIT,
        PAUSE,
        () -> {
          Optional<ServerRecord> record =
              ServerRecord.read(files.record()).filter(EmbeddedServer::isSupervised);
          found.set(record.filter(EmbeddedServer::answers));
          return record.isEmpty() || found.get().isPresent();
        });
    return found.get().orElseGet(() -> launch(launcher));
  }

  private ServerRecord launch(List<String> launcher) {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(List.of("server", "--until-idle", IDLE));
    LogFile log = new LogFile(files.supervisorLog());
    try {
      log.rotateBeyond(LOG_LIMIT);
    } catch (IOException e) {
      throw new ServerException("cannot write " + log.path() + ": " + e, e);
    }
    Process process = DetachedProcess.start(command, environment, log);
    AtomicReference<Optional<ServerRecord>> started = new AtomicReference<>(Optional.empty());
    boolean settled =
        Poll.until(
            START_LIMIT,
            PAUSE,
            () -> {
              // Asked first, since the one that was started may end because another one serves.
              boolean ended = !process.isAlive();
              started.set(ready());
              return ended || started.get().isPresent();
            });
    if (started.get().isPresent()) {
      return started.get().get();
    }
    if (!settled) {
      process.destroy();
    }
    throw new ServerException(
        "the embedded server did not start ("
            + (settled
                ? "exit code " + process.exitValue()
                : "not ready within " + START_LIMIT.toSeconds() + " s")
            + "); its log "
            + log.path()
            + " ends with:\n"
            + log.tail());
  }

  private Optional<ServerRecord> ready() {
    return ServerRecord.read(files.record())
        .filter(EmbeddedServer::isSupervised)
        .filter(record -> ServerProbe.isReady(record.ports(), ServerProcess.NAMESPACE))
        .filter(record -> record.server().isRunning());
  }

  /**
   * Stops the server, also one whose supervisor is gone, and waits until its processes have ended.
   * Its database stays.
   *
   * @return what ran; empty if nothing did
   * @throws ServerException if a process does not end
   */
  public Optional<ServerRecord> stop() {
    Optional<ServerRecord> record =
        ServerRecord.read(files.record())
            .filter(found -> found.server().isRunning() || isSupervised(found));
    record.ifPresent(
        found -> {
          found.supervisor().stop(STOP_GRACE);
          // It may have started the server again since the record was read.
          ServerRecord last = ServerRecord.read(files.record()).orElse(found);
          last.server().stop(SERVER_GRACE);
          found.server().stop(SERVER_GRACE);
          last.remove(files.record());
        });
    return record;
  }

  private static boolean isSupervised(ServerRecord record) {
    return record.supervisor().isRunning();
  }

  private static boolean answers(ServerRecord record) {
    return record.server().isRunning()
        && ServerProbe.answers(record.ports())
        && record.server().isRunning();
  }
}
