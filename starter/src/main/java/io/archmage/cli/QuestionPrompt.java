package io.archmage.cli;

import io.archmage.contract.ConflictAnswer;
import io.archmage.contract.Resolution;
import io.archmage.contract.TaskAnswer;
import io.archmage.report.Question;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks a person at a terminal for one of the answers to a question. */
final class QuestionPrompt {

  private static final String CONFLICT =
      "[o] keep the run's version  [t] take the task's  [c] a commit of yours  [r] run it again"
          + "  [s] skip it  [f] let it fail  [l] later";
  private static final String FAILURE =
      "[r] run it again  [s] skip it  [f] let it fail  [l] later";

  private final Console console;
  private final BufferedReader in;

  QuestionPrompt(Console console) {
    this.console = console;
    this.in = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
  }

  /**
   * An answer.
   *
   * @param update the update that gives it, or empty for none now
   * @param argument the update's argument
   */
  record Answer(String update, Object argument) {

    /** Whether the person decides later. */
    boolean later() {
      return update.isEmpty();
    }
  }

  /** Asks until the answer is one; the end of input is one, too: later. */
  Answer ask(String task, Question question) {
    boolean conflict = question.ours() != null;
    while (true) {
      String line = read((conflict ? CONFLICT : FAILURE) + "\nAnswer for " + task + ": ");
      if (line == null) {
        return later();
      }
      Answer answer = answer(task, conflict, line.strip().toLowerCase(Locale.ROOT));
      if (answer != null) {
        return answer;
      }
    }
  }

  private @Nullable Answer answer(String task, boolean conflict, String key) {
    return switch (key) {
      case "o" -> conflict ? resolve(task, Resolution.OURS, null) : null;
      case "t" -> conflict ? resolve(task, Resolution.THEIRS, null) : null;
      case "c" -> conflict ? commit(task) : null;
      case "r" -> new Answer("retry", new TaskAnswer(task));
      case "s" -> new Answer("skip", new TaskAnswer(task));
      case "f" -> new Answer("reject", new TaskAnswer(task));
      case "l" -> later();
      default -> null;
    };
  }

  private @Nullable Answer commit(String task) {
    String revision = read("Commit: ");
    if (revision == null || revision.isBlank()) {
      return null;
    }
    try {
      return resolve(
          task, Resolution.COMMIT, Revisions.commit(console, revision.strip()));
    } catch (CommandFailure unknown) {
      console.note(unknown.explanation());
      return null;
    }
  }

  private static Answer resolve(String task, String how, @Nullable String commit) {
    return new Answer("resolve", new ConflictAnswer(task, how, commit));
  }

  private static Answer later() {
    return new Answer("", "");
  }

  private @Nullable String read(String words) {
    console.err().print(words);
    console.err().flush();
    try {
      return in.readLine();
    } catch (IOException e) {
      return null;
    }
  }
}
