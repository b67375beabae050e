package io.archmage.cli;

import io.archmage.render.ReportHtml;
import io.archmage.render.ReportText;
import io.archmage.report.Metric;
import io.archmage.report.RunReport;
import io.archmage.server.TemporalConnection;
import io.temporal.client.WorkflowExecutionDescription;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code archmage report RUN}. */
@Command(
    name = "report",
    description = "Prints the report of a run; of one that goes on, as if it ended now.")
final class ReportCommand extends Subcommand {

  /** How a report is printed. */
  enum Format {
    TEXT, JSON, HTML
  }

  @Mixin
  private RunArgument run;

  @Option(
      names = "--format",
      paramLabel = "text|json|html",
      defaultValue = "text",
      description = "How it is printed. Default: ${DEFAULT-VALUE}.")
  private Format format;

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
      RunReport report = reader.report(found);
      Format chosen = json.wanted() ? Format.JSON : format;
      switch (chosen) {
        case JSON -> console.out().println(Json.write(report));
        case TEXT -> {
          int width = console.screen().width().getAsInt();
          List<Metric> metrics = shown.of(report.repository(), console);
          console.out().print(ReportText.render(report, metrics, console.outStyle(), width));
        }
        case HTML ->
          console
              .out()
              .print(
                  ReportHtml.render(report, ReportViews.timeline(report, found.getStartTime())));
      }
      return ExitCode.OK;
    }
  }
}
