package io.archmage.cli;

import io.archmage.contract.Published;
import io.archmage.report.RunReport;
import io.archmage.server.TemporalConnection;
import io.temporal.client.WorkflowExecutionDescription;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code archmage publish RUN}. */
@Command(
    name = "publish",
    description = "Brings what an ended run made to its target branch, where that is safe.")
final class PublishCommand extends Subcommand {

  @Mixin
  private RunArgument run;

  @Option(
      names = "--target",
      paramLabel = "BRANCH",
      description = "The branch to publish to. Default: the one the run was for.")
  private @Nullable String target;

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
      if (RunReader.open(found)) {
        throw CommandFailure.invalid(
            "Run " + found.getExecution().getWorkflowId() + " has not ended; it publishes itself.");
      }
      RunReport report = reader.report(found);
      Published published =
          session
              .engine()
              .openProject(session.state(), Path.of(report.repository()), null)
              .publish(report, found.getExecution().getRunId(), target);
      if (json.wanted()) {
        console.out().println(Json.write(published));
      } else {
        console.out().println(text(published));
      }
      return published.how().equals("left") ? ExitCode.NOT_SUCCESSFUL : ExitCode.OK;
    }
  }

  private static String text(Published published) {
    return published.how().equals("left")
        ? "Not published: " + published.because() + "."
        : "Published to "
            + published.branch()
            + " at "
            + published.commit()
            + " ("
            + published.how()
            + ").";
  }
}
