package io.archmage.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code archmage run PLAN}. */
@Command(
    name = "run",
    description = {
      "Runs a plan and shows it until it ends, or waits for a person; on a terminal it asks.",
      "Where no server or no worker serves the repository, they are started as processes of their"
          + " own; the run goes on when this command is interrupted."
    })
final class RunCommand extends Subcommand {

  @Parameters(paramLabel = "PLAN",
      description = "The plan's file, or - for standard input.")
  private String plan;

  @Mixin
  private ProjectOptions project;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "The run's id, never used before. Default: the plan's name, date and time.")
  private @Nullable String runId;

  @Mixin
  private ChoiceOptions choices;
  @Mixin
  private ServerOption server;

  @Option(names = "--detach",
      description = "Start the run, print its id and do not wait for it.")
  private boolean detach;

  @Option(
      names = "--trust",
      description = "Approve the commands in the repository's own configuration.")
  private boolean trust;

  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) throws InterruptedException {
    Console console = session.console();
    RunRequest request =
        new RunRequest(
            PlanDocument.read(plan, console),
            project.repository(console),
            project.configuration(console),
            checked(runId),
            choices.toRunOptions(),
            server.value(),
            trust,
            mayAsk(session) && !plan.equals(PlanDocument.STANDARD_INPUT));
    RunFlow flow = new RunFlow(session);
    try (RunFlow.Started run = flow.start(request)) {
      flow.announce(run);
      if (detach) {
        console
            .out()
            .println(json.wanted() ? Json.write(flow.describe(run)) : run.runId());
        return ExitCode.OK;
      }
      RunFlow.Ended ended = flow.follow(run, request.mayAsk() && !json.wanted());
      if (ended.report() != null) {
        if (json.wanted()) {
          console.out().println(Json.write(ended.report()));
        } else {
          flow.print(run, ended.report());
        }
      }
      if (ended.waiting() != null && json.wanted()) {
        console.out().println(Json.write(ended.waiting()));
      }
      return ended.exitCode();
    }
  }

  private static @Nullable String checked(@Nullable String id) {
    if (id == null) {
      return null;
    }
    if (id.isBlank()
        || id.equals(RunIds.LATEST)
        || id.length() > 200
        || !id.equals(id.strip())
        || id.chars().anyMatch(Character::isISOControl)) {
      throw CommandFailure.invalid(
          "--run-id is '" + id + "'; it is 1 to 200 characters, not 'latest', without spaces"
              + " around it and without control characters.");
    }
    return id;
  }
}
