package io.archmage.server;

import java.util.ArrayList;
import java.util.List;

/**
 * The command line of the embedded Temporal server.
 *
 * <p>The database is in WAL mode with {@code synchronous=FULL}: every commit is synced to the disk
 * before it is acknowledged, so that neither the end of a process nor a power failure takes back
 * what a client was told; {@code NORMAL} would survive the first only. It costs about five times as
 * many syncs. On macOS a sync leaves data in the drive's own cache.
 */
final class DevServerCommand {
  /**
   * A development server has one history shard, and the defaults let a shard look for work only 20
   * times a second: each step of a workflow would wait up to 50 ms.
   */
  private static final List<String> DYNAMIC_CONFIG =
      List.of("history.transferProcessorMaxPollRPS=2000", "history.timerProcessorMaxPollRPS=2000");

  private static final List<String> PRAGMAS = List.of("journal_mode=WAL", "synchronous=FULL");

  private DevServerCommand() {}

  static List<String> of(TemporalCli cli, ServerPorts ports, ServerFiles files) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(cli.executable().toString(), "server", "start-dev"));
    command.addAll(List.of("--ip", ServerPorts.LOOPBACK, "--ui-ip", ServerPorts.LOOPBACK));
    command.addAll(List.of("--port", Integer.toString(ports.port())));
    command.addAll(List.of("--ui-port", Integer.toString(ports.uiPort())));
    command.addAll(List.of("--metrics-port", Integer.toString(ports.metricsPort())));
    command.addAll(List.of("--db-filename", files.database().toString()));
    for (String pragma : PRAGMAS) {
      command.addAll(List.of("--sqlite-pragma", pragma));
    }
    for (String value : DYNAMIC_CONFIG) {
      command.addAll(List.of("--dynamic-config-value", value));
    }
    command.addAll(List.of("--log-level", "warn", "--log-format", "text"));
    return List.copyOf(command);
  }
}
