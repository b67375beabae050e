package io.archmage.cli;

import picocli.CommandLine.Command;

/** {@code archmage retry RUN TASK}. */
@Command(name = "retry",
    description = "Runs a task that waits for a person again, with all its retries.")
final class RetryCommand extends AnswerCommand {

  @Override
  String update() {
    return "retry";
  }
}
