package io.archmage.cli;

import io.archmage.render.Durations;
import io.archmage.render.Tables;
import io.archmage.render.TerminalSafe;
import io.archmage.server.TemporalConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code archmage list}. */
@Command(name = "list", description = "Lists the runs of a server, newest first.")
final class ListCommand extends Subcommand {

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many at most. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Mixin
  private ServerOption server;
  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) {
    if (limit < 1) {
      throw CommandFailure.invalid("--limit is " + limit + "; it is at least 1.");
    }
    Console console = session.console();
    try (TemporalConnection connection = Servers.connect(session, server.value())) {
      List<RunRow> rows = new RunReader(session, connection).rows(limit);
      if (json.wanted()) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("runs", rows);
        console.out().println(Json.write(answer));
      } else if (rows.isEmpty()) {
        console.note("There are no runs on " + connection.target().address() + " yet.");
      } else {
        print(rows, console);
      }
      return ExitCode.OK;
    }
  }

  private static void print(List<RunRow> rows, Console console) {
    Tables table = new Tables("RUN", "STATUS", "STARTED", "TOOK", "REPOSITORY");
    Instant now = Instant.now();
    for (RunRow row : rows) {
      Instant end = row.endedAt() == null ? now : row.endedAt();
      table.row(
          Tables.Cell.of(TerminalSafe.line(row.runId())),
          Tables.Cell.of(TerminalSafe.line(row.status())),
          Tables.Cell.of(Durations.text(Duration.between(row.startedAt(), now)) + " ago"),
          Tables.Cell.of(Durations.text(Duration.between(row.startedAt(), end))),
          Tables.Cell.of(row.repository() == null ? "" : TerminalSafe.line(row.repository())));
    }
    table
        .lines(console.outStyle(), console.screen().width().getAsInt())
        .forEach(console.out()::println);
  }
}
