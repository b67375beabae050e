package io.archmage.cli;

import io.archmage.render.MetricText;
import io.archmage.report.Metric;
import io.archmage.report.Metrics;
import io.archmage.server.TemporalConnection;
import io.temporal.client.WorkflowExecutionDescription;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code archmage metrics RUN}. */
@Command(name = "metrics", description = "Shows the figures of a run, also while it goes on.")
final class MetricsCommand extends Subcommand {

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
      Metrics metrics = reader.metrics(found);
      if (json.wanted()) {
        console.out().println(Json.write(metrics));
      } else {
        List<Metric> chosen =
            shown.of(RunReader.memo(found, RunReader.REPOSITORY_MEMO), console);
        int width = console.screen().width().getAsInt();
        MetricText.table(metrics, chosen, console.outStyle(), width)
            .forEach(console.out()::println);
      }
      return ExitCode.OK;
    }
  }
}
