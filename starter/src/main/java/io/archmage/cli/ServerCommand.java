package io.archmage.cli;

import io.archmage.server.ServerProcess;
import io.archmage.server.TemporalCli;
import io.archmage.settings.CacheDirectory;
import io.archmage.settings.OperatingSystem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code archmage server}. */
@Command(
    name = "server",
    description = "Runs the embedded Temporal server, in the foreground, until it is told to end.",
    subcommands = ServerStopCommand.class)
final class ServerCommand extends Subcommand {

  @Option(
      names = "--until-idle",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "End after that long without use, such as 30m. Default: never.")
  private @Nullable Duration untilIdle;

  @Override
  ExitCode execute(Session session) {
    Console console = session.console();
    Map<String, String> environment = console.environment();
    CacheDirectory cache = CacheDirectory.of(environment, OperatingSystem.current());
    new ServerProcess(
        session.state(),
        environment,
        () -> TemporalCli.locate(environment, cache, console::note),
        Optional.ofNullable(untilIdle),
        console::note)
        .run();
    return ExitCode.OK;
  }
}
