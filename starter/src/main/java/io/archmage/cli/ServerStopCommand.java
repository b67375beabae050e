package io.archmage.cli;

import io.archmage.server.EmbeddedServer;
import io.archmage.server.ServerRecord;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code archmage server stop}. */
@Command(name = "stop", description = "Ends the embedded server; its database stays.")
final class ServerStopCommand extends Subcommand {

  @Override
  ExitCode execute(Session session) {
    Console console = session.console();
    Optional<ServerRecord> stopped =
        new EmbeddedServer(session.state(), console.environment()).stop();
    console.note(
        stopped
            .map(record -> "Stopped the embedded server at " + record.address() + ".")
            .orElse("No embedded server runs."));
    return ExitCode.OK;
  }
}
