package io.archmage.cli;

import io.archmage.render.ReportText;
import io.archmage.report.RunReport;
import io.archmage.server.TemporalConnection;
import io.archmage.worker.ServerPollers;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code archmage cancel RUN}. */
@Command(
    name = "cancel",
    description = "Cancels a run: stops its familiars, keeps what was integrated, and waits for "
        + "it.")
final class CancelCommand extends Subcommand {

  @Mixin
  private RunArgument run;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "60s",
      description = "How long to wait for the run's end. Default: ${DEFAULT-VALUE}.")
  private Duration wait;

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
      String id = found.getExecution().getWorkflowId();
      if (RunReader.open(found)) {
        cancel(session, connection, found);
      } else {
        console.note("Run " + id + " has ended already.");
      }
      RunReport report = reader.report(reader.find(id));
      if (json.wanted()) {
        console.out().println(Json.write(report));
      } else {
        int width = console.screen().width().getAsInt();
        console.out().print(ReportText.render(report, console.outStyle(), width));
      }
      return ExitCode.OK;
    }
  }

  private void cancel(
      Session session, TemporalConnection connection, WorkflowExecutionDescription found) {
    String id = found.getExecution().getWorkflowId();
    WorkflowStub stub = connection.client().newUntypedWorkflowStub(id);
    stub.cancel("asked for by archmage cancel");
    if (!new ServerPollers(connection.client()).serve(found.getTaskQueue())) {
      throw CommandFailure.environment(
          "Run "
              + id
              + " will be cancelled when a worker serves it; none does. Start one with: "
              + Workers.commandFor(session, found));
    }
    session.console().note("Cancelling " + id + " …");
    try {
      stub.getResult(wait.toMillis(), TimeUnit.MILLISECONDS, RunReport.class);
    } catch (WorkflowFailedException e) {
      // How it ended is in the report.
    } catch (TimeoutException e) {
      throw CommandFailure.environment(
          "Run "
              + id
              + " was asked to end but has not within "
              + wait.toSeconds()
              + " s. See what is left with: "
              + session.launcher().typed()
              + " status "
              + Shell.word(id));
    }
  }
}
