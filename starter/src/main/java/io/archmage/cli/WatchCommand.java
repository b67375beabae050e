package io.archmage.cli;

import io.archmage.report.RunReport;
import io.archmage.server.TemporalConnection;
import io.temporal.client.WorkflowExecutionDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code archmage watch RUN}. */
@Command(
    name = "watch",
    description = {
      "Follows a run until it ends and prints its report.",
      "Ends with the exit code that 'archmage run' would have ended with."
    })
final class WatchCommand extends Subcommand {

  @Mixin
  private RunArgument run;

  @Mixin
  private ShownMetrics shown;

  @Mixin
  private ServerOption server;

  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) throws InterruptedException {
    Console console = session.console();
    RunFlow flow = new RunFlow(session);
    try (TemporalConnection connection = Servers.connect(session, server.value())) {
      RunReader reader = new RunReader(session, connection);
      WorkflowExecutionDescription found = reader.find(run.value());
      boolean mayAsk = mayAsk(session) && !json.wanted();
      RunFlow.Ended ended = end(session, flow, connection, found, mayAsk);
      RunReport report = ended.report();
      if (report != null && json.wanted()) {
        console.out().println(Json.write(report));
      } else if (report != null) {
        flow.print(
            found.getExecution().getWorkflowId(),
            report,
            shown.of(report.repository(), console),
            new RunLinks(connection.target()));
      }
      return ended.exitCode();
    }
  }

  private static RunFlow.Ended end(
      Session session,
      RunFlow flow,
      TemporalConnection connection,
      WorkflowExecutionDescription found,
      boolean mayAsk)
      throws InterruptedException {
    if (RunReader.open(found)) {
      String worker = Workers.commandFor(session, found);
      return flow.follow(found.getExecution().getWorkflowId(), connection, worker, mayAsk);
    }
    RunReport report = new RunReader(session, connection).report(found);
    return new RunFlow.Ended(report, null, RunFlow.exitCode(report.status()));
  }
}
