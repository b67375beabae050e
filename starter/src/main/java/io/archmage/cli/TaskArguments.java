package io.archmage.cli;

import picocli.CommandLine.Parameters;

/** The task of a run that a command is about. */
final class TaskArguments {

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "The run's id, or 'latest' for the newest one.")
  private String run;

  @Parameters(index = "1", paramLabel = "TASK", description = "The task's id.")
  private String task;

  String run() {
    return run;
  }

  String task() {
    return task;
  }
}
