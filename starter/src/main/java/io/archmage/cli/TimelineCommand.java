package io.archmage.cli;

import io.archmage.render.RunBars;
import io.archmage.render.TimelineAscii;
import io.archmage.report.Timeline;
import io.archmage.server.TemporalConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code archmage timeline RUN}. */
@Command(name = "timeline", description = "Shows when the tasks of a run ran.")
final class TimelineCommand extends Subcommand {

  /** How a timeline is printed. */
  enum Format {
    ASCII, JSON, SVG
  }

  @Mixin
  private RunArgument run;

  @Option(
      names = "--format",
      paramLabel = "ascii|json|svg",
      defaultValue = "ascii",
      description = "How it is printed. Default: ${DEFAULT-VALUE}.")
  private Format format;

  @Mixin
  private ServerOption server;
  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) {
    Console console = session.console();
    try (TemporalConnection connection = Servers.connect(session, server.value())) {
      RunReader reader = new RunReader(session, connection);
      Timeline timeline = reader.timeline(reader.find(run.value()));
      Format chosen = json.wanted() ? Format.JSON : format;
      switch (chosen) {
        case JSON -> console.out().println(Json.write(timeline));
        case SVG -> console.out().print(RunBars.svg(timeline));
        case ASCII -> {
          int width = console.screen().width().getAsInt();
          console.out().print(TimelineAscii.render(timeline, console.outStyle(), width));
        }
      }
      return ExitCode.OK;
    }
  }
}
