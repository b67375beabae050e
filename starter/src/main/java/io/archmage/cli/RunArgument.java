package io.archmage.cli;

import picocli.CommandLine.Parameters;

/** The run that a command is about. */
final class RunArgument {

  @Parameters(paramLabel = "RUN",
      description = "The run's id, or 'latest' for the newest one.")
  private String run;

  String value() {
    return run;
  }
}
