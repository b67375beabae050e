package io.archmage.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Sees to it that a person approved the commands in a repository's own configuration. */
final class Trust {

  private Trust() {}

  /**
   * Returns once the project's commands are approved.
   *
   * @param given whether {@code --trust} was given
   * @param mayAsk whether a person is there to be asked
   * @throws CommandFailure if they are not
   */
  static void require(Session session, OpenedProject project, boolean given, boolean mayAsk) {
    if (project.trusted()) {
      return;
    }
    if (given || (mayAsk && confirmed(session.console(), project))) {
      project.approve();
      return;
    }
    throw CommandFailure.environment(
        "The configuration of "
            + project.repository()
            + " names commands that nobody has approved on this machine. Look at"
            + " runes/config/parallel.yaml, then use --trust once, or name it with --config.");
  }

  private static boolean confirmed(Console console, OpenedProject project) {
    console.note(
        "The configuration runes/config/parallel.yaml of "
            + project.repository()
            + " is new or has changed. Its commands will run on this machine.");
    return agreed(console, "Approve them?");
  }

  /** Whether the person answers yes; anything else is no. */
  static boolean agreed(Console console, String question) {
    console.err().print(question + " [y/N] ");
    console.err().flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8))
              .readLine();
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    } catch (IOException e) {
      return false;
    }
  }
}
