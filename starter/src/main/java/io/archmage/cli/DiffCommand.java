package io.archmage.cli;

import io.archmage.git.CommitId;
import io.archmage.git.RunRefs;
import io.archmage.report.RunReport;
import io.archmage.report.TaskReport;
import io.archmage.schedule.TaskStatus;
import io.archmage.server.TemporalConnection;
import io.temporal.client.WorkflowExecutionDescription;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code archmage diff RUN [TASK]}. */
@Command(
    name = "diff",
    description = "Shows what a run or one of its tasks changed, with 'git diff' and its settings.")
final class DiffCommand extends Subcommand {

  @Mixin
  private RunArgument run;

  @Parameters(
      paramLabel = "TASK",
      arity = "0..1",
      index = "1",
      description = "The task's id. Default: everything that the run integrated.")
  private @Nullable String task;

  @Option(names = "--stat", description = "Only count the changed lines of each file.")
  private boolean stat;

  @Mixin
  private ServerOption server;

  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) throws IOException, InterruptedException {
    Console console = session.console();
    RunReport report;
    Optional<GitDiff> diff;
    try (TemporalConnection connection = Servers.connect(session, server.value())) {
      RunReader reader = new RunReader(session, connection);
      WorkflowExecutionDescription found = reader.find(run.value());
      report = reader.report(found);
      try (RunFiles files =
          RunFiles.of(report, found.getExecution().getRunId(), session.state())) {
        diff =
            task == null
                ? ofRun(report, files, console)
                : ofTask(RunFiles.task(report, task), report, files, console);
      }
    }
    if (json.wanted()) {
      console.out().println(Json.write(GitDiff.describe(report.runId(), task, diff)));
    } else if (diff.isPresent()) {
      diff.get().show(console, stat);
    }
    return ExitCode.OK;
  }

  private static Optional<GitDiff> ofRun(
      RunReport report, RunFiles files, Console console) {
    if (report.headCommit().equals(report.baseCommit())) {
      String yet = report.status().terminal() ? "." : " yet.";
      console.note("Run " + report.runId() + " has changed nothing" + yet);
      return Optional.empty();
    }
    return Optional.of(new GitDiff(files.repository(), report.baseCommit(), report.headCommit()));
  }

  private static Optional<GitDiff> ofTask(
      TaskReport task, RunReport report, RunFiles files, Console console) {
    if (task.commit() != null) {
      return Optional.of(
          new GitDiff(files.repository(), task.commit() + "^", task.commit()));
    }
    RunRefs refs = new RunRefs(files.key().name());
    for (int attempt = task.attempts(); attempt > 0; attempt--) {
      Optional<CommitId> left =
          files.repository().refs().read(refs.attempt(task.id(), attempt));
      if (left.isPresent() && !isInHistory(left.get(), report, files)) {
        console.note(
            "Not integrated: this is what attempt " + attempt + " of " + task.id() + " left.");
        return Optional.of(new GitDiff(files.repository(), left.get() + "^", left.get().hex()));
      }
    }
    console.note(nothing(task));
    return Optional.empty();
  }

  /** An attempt that left nothing new is kept as the commit that it began with. */
  private static boolean isInHistory(CommitId commit, RunReport report, RunFiles files) {
    return files.repository()
        .git()
        .run("merge-base", "--is-ancestor", commit.hex(), report.headCommit())
        .succeeded();
  }

  private static String nothing(TaskReport task) {
    if (task.status() == TaskStatus.SUCCEEDED) {
      return "Task " + task.id() + " changed nothing.";
    }
    String because = task.because() == null ? "" : ": " + task.because();
    String state = "Task " + task.id() + " is " + task.status().key() + because + ".";
    return task.attempts() == 0
        ? state + " It has not run."
        : state + " No changes of it are recorded" + (task.status().terminal() ? "." : " yet.");
  }
}
