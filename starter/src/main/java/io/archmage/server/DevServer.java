package io.archmage.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One process of the Temporal server: started by us, or found running when we came. */
final class DevServer {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final ServerRecord record;
  private final CompletableFuture<Void> exit;

  private DevServer(ServerRecord record, CompletableFuture<Void> exit) {
    this.record = record;
    this.exit = exit;
  }

  /**
   * Starts the process; it is not ready yet. It gets no {@code TEMPORAL_*} variable, since those
   * are meant for clients.
   *
   * @throws ServerException if it cannot be started
   */
  static DevServer start(
      TemporalCli cli, ServerPorts ports, ServerFiles files, Map<String, String> environment) {
    List<String> command = DevServerCommand.of(cli, ports, files);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(files.directory().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(new LogFile(files.log()).append());
    builder.environment().clear();
    environment.forEach(
        (name, value) -> {
          if (!name.startsWith("TEMPORAL_")) {
            builder.environment().put(name, value);
          }
        });
    try {
      Process process = builder.start();
      ServerRecord record =
          new ServerRecord(
              ports,
              ProcessIdentity.of(process.toHandle()),
              ProcessIdentity.current(),
              cli.version(),
              Instant.now());
      return new DevServer(record, process.onExit().thenAccept(ended -> {}));
    } catch (IOException e) {
      throw new ServerException("cannot start " + cli.executable() + ": " + e.getMessage(), e);
    }
  }

  /** Takes over the running server of a supervisor that is gone. */
  static DevServer adopt(ServerRecord found) {
    ServerRecord record =
        new ServerRecord(
            found.ports(),
            found.server(),
            ProcessIdentity.current(),
            found.version(),
            found.startedAt());
    CompletableFuture<Void> exit = new CompletableFuture<>();
    // Nobody is told of the end of a process that is not a child.
    Thread.ofVirtual()
        .name("archmage-server-exit")
        .start(
            () -> {
              Poll.until(Duration.ofDays(36_500), PAUSE, () -> !found.server().isRunning());
              exit.complete(null);
            });
    return new DevServer(record, exit);
  }

  /** What to write down about it. */
  ServerRecord record() {
    return record;
  }

  /** Completes when the process has ended. */
  CompletableFuture<Void> exit() {
    return exit;
  }

  /** Ends the process, gently first. */
  void stop() {
    record.server().stop(GRACE);
  }
}
