package io.archmage.cli;

import io.archmage.render.QuestionLines;
import io.archmage.render.StatusText;
import io.archmage.report.StatusPage;
import io.archmage.server.TemporalConnection;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code archmage status RUN}. */
@Command(
    name = "status",
    description = "Shows where a run and its tasks stand, and why each waits.")
final class StatusCommand extends Subcommand {

  @Mixin
  private RunArgument run;
  @Mixin
  private ServerOption server;
  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) {
    Console console = session.console();
    try (TemporalConnection connection = Servers.connect(session, server.value())) {
      RunReader reader = new RunReader(session, connection);
      StatusPage page = reader.status(reader.find(run.value()));
      if (json.wanted()) {
        console.out().println(Json.write(page));
      } else {
        int width = console.screen().width().getAsInt();
        console.out().print(StatusText.render(page, Instant.now(), console.outStyle(), width));
        QuestionLines.of(page, session.launcher().typed()).forEach(console.out()::println);
      }
      return ExitCode.OK;
    }
  }
}
