package io.archmage.cli;

import picocli.CommandLine.Command;

/** {@code archmage reject RUN TASK}. */
@Command(name = "reject", description = "Lets a task that waits for a person fail.")
final class RejectCommand extends AnswerCommand {

  @Override
  String update() {
    return "reject";
  }
}
