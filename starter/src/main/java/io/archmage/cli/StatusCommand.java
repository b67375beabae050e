package io.archmage.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.archmage.render.MetricText;
import io.archmage.render.QuestionLines;
import io.archmage.render.StatusText;
import io.archmage.report.Metrics;
import io.archmage.report.StatusPage;
import io.archmage.server.TemporalConnection;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowQueryException;
import java.time.Instant;
import java.util.Optional;
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
  private ShownMetrics shown;

  @Mixin
  private ServerOption server;

  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) {
    Console console = session.console();
    try (TemporalConnection connection = Servers.connect(session, server.value())) {
      RunReader reader = new RunReader(session, connection);
      WorkflowExecutionDescription found = reader.find(run.value());
      StatusPage page = reader.status(found);
      Optional<Metrics> metrics = metrics(reader, found, page);
      if (json.wanted()) {
        ObjectNode tree = Json.toTree(page);
        tree.set("metrics", metrics.map(Json::toTree).orElse(null));
        console.out().println(Json.write(tree));
      } else {
        int width = console.screen().width().getAsInt();
        console.out().print(StatusText.render(page, Instant.now(), console.outStyle(), width));
        QuestionLines.of(page, session.launcher().typed()).forEach(console.out()::println);
        metrics.ifPresent(
            all -> {
              console.out().println();
              MetricText.lines(all, shown.of(page.repository(), console))
                  .forEach(console.out()::println);
            });
      }
      return ExitCode.OK;
    }
  }

  /** None while the plan is read, and of runs whose worker is older than the query. */
  private static Optional<Metrics> metrics(
      RunReader reader, WorkflowExecutionDescription found, StatusPage page) {
    try {
      return page.execution() == null
          ? Optional.empty()
          : Optional.of(reader.metrics(found));
    } catch (WorkflowQueryException e) {
      return Optional.empty();
    }
  }
}
