package io.archmage.cli;

import io.archmage.contract.AnswerTaken;
import io.archmage.contract.TaskAnswer;
import io.archmage.render.TerminalSafe;
import io.archmage.server.TemporalConnection;
import picocli.CommandLine.Mixin;

/** A command that answers for a task that waits for a person. */
abstract class AnswerCommand extends Subcommand {

  @Mixin
  private TaskArguments subject;
  @Mixin
  private ServerOption server;
  @Mixin
  private JsonOption json;

  /** The name of the update. */
  abstract String update();

  /** The argument of the update. */
  Object answer(Session session, String id) {
    return new TaskAnswer(id);
  }

  @Override
  final ExitCode execute(Session session) throws InterruptedException {
    Console console = session.console();
    Object answer = answer(session, subject.task());
    try (TemporalConnection connection = Servers.connect(session, server.value())) {
      AnswerTaken taken =
          new Steering(session, connection)
              .send(new RunReader(session, connection).find(subject.run()), update(), answer);
      console
          .out()
          .println(
              json.wanted()
                  ? Json.write(taken)
                  : TerminalSafe.line(
                      taken.task() + " is " + taken.status() + ": " + taken.message()));
      return ExitCode.OK;
    }
  }
}
