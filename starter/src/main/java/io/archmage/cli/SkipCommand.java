package io.archmage.cli;

import picocli.CommandLine.Command;

/** {@code archmage skip RUN TASK}. */
@Command(name = "skip",
    description = "Skips a task that waits for a person, and with it what needs it.")
final class SkipCommand extends AnswerCommand {

  @Override
  String update() {
    return "skip";
  }
}
