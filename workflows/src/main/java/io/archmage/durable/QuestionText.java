package io.archmage.durable;

import io.archmage.contract.FileConflict;
import io.archmage.contract.IntegrationResult;
import io.archmage.contract.Resolution;
import io.archmage.report.Question;
import io.archmage.report.Question.Command;
import io.archmage.report.ShellWord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Puts a question to a person, with the commands that show more and that answer. */
final class QuestionText {

  /** Files named in a command; of more, all differences are shown. */
  private static final int NAMED = 10;

  private final RunLedger ledger;
  private final TaskRecord record;

  QuestionText(RunLedger ledger, TaskRecord record) {
    this.ledger = ledger;
    this.record = record;
  }

  Question ask(Instant since) {
    IntegrationResult.Conflicted conflict = record.conflict;
    String why = String.valueOf(record.because);
    if (conflict == null || conflict.sides() == null) {
      return new Question(
          Question.FAILURE, why, since, List.of(), null, null, List.of(), otherAnswers(true));
    }
    String ours = conflict.sides().ours();
    String theirs = conflict.sides().theirs();
    return new Question(
        Question.CONFLICT,
        why,
        since,
        conflict.conflicts(),
        new Question.Side(ours, conflict.head()),
        new Question.Side(
            theirs, Objects.requireNonNull(Objects.requireNonNull(record.result).commit())),
        look(conflict, ours, theirs),
        answers());
  }

  private int index() {
    return ledger.indexOf(record.task.id()).orElseThrow();
  }

  private boolean isMerge() {
    return ledger.isMerge(index());
  }

  private List<Command> look(IntegrationResult.Conflicted conflict, String ours, String theirs) {
    String shown = isMerge() ? ledger.groups.mergedBy(index()).path : null;
    if (shown != null) {
      return inWorktree(conflict, ours, theirs, shown);
    }
    String git = "git -C " + ShellWord.of(ledger.repository) + " ";
    String checkout = ShellWord.of(ledger.repository + "-resolve");
    return List.of(
        new Command(
            "shows the run's version against the task's",
            git + "diff " + ours + " " + theirs + files(conflict.conflicts())),
        new Command(
            "makes a place to merge by hand",
            git + "worktree add --detach " + checkout + " " + ours),
        new Command(
            "merges there; then edit, git add, git commit",
            "git -C " + checkout + " merge " + theirs));
  }

  /** A group is merged where it is shown; then its merge is retried. */
  private List<Command> inWorktree(
      IntegrationResult.Conflicted conflict, String ours, String theirs, String worktree) {
    String git = "git -C " + ShellWord.of(worktree) + " ";
    return List.of(
        new Command(
            "shows the run's version against the group's",
            git + "diff " + ours + " " + theirs + files(conflict.conflicts())),
        new Command("shows what conflicts; edit it there", git + "status"),
        new Command(
            "ends the merge when nothing is left; then retry",
            git + "commit -a -m " + ShellWord.of("merge " + record.task.id())));
  }

  private static String files(List<FileConflict> conflicts) {
    List<String> paths = conflicts.stream().map(FileConflict::path).distinct().toList();
    return paths.size() > NAMED
        ? ""
        : paths.stream().map(ShellWord::of).collect(Collectors.joining(" ", " -- ", ""));
  }

  private List<Command> answers() {
    String resolve = command("resolve");
    List<Command> answers = new ArrayList<>();
    answers.add(new Command("keeps the run's version of these files", resolve + " --ours"));
    answers.add(new Command("takes the task's version of these files", resolve + " --theirs"));
    answers.add(
        new Command(
            "takes a commit of yours, made from the run's version", resolve + " --commit REV"));
    answers.add(
        isMerge()
            ? new Command("merges the group's branch as you left it", command("retry"))
            : new Command("runs the task again on what is merged", resolve + " --rerun"));
    answers.addAll(otherAnswers(false));
    answers.add(
        new Command(
            "the first of these without archmage",
            update(
                "resolve",
                "{\"task\":" + json(record.task.id()) + ",\"how\":\"" + Resolution.OURS + "\"}")));
    return answers;
  }

  private List<Command> otherAnswers(boolean alone) {
    List<Command> answers = new ArrayList<>();
    if (alone) {
      answers.add(new Command("runs the task again", command("retry")));
    }
    answers.add(new Command("skips the task and what needs it", command("skip")));
    answers.add(new Command("lets the task fail", command("reject")));
    if (alone) {
      answers.add(
          new Command(
              "the first of these without archmage",
              update("retry", "{\"task\":" + json(record.task.id()) + "}")));
    }
    return answers;
  }

  private String command(String verb) {
    return "archmage " + verb + " " + run() + " " + ShellWord.of(record.task.id());
  }

  private String update(String name, String input) {
    return "temporal workflow update execute --workflow-id "
        + run()
        + " --name "
        + name
        + " --input "
        + ShellWord.of(input);
  }

  private String run() {
    return ShellWord.of(ledger.plan.run().runId());
  }

  private static String json(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
