package io.archmage.cli;

import io.archmage.familiar.AttemptOutput;
import io.archmage.familiar.AttemptOutput.Part;
import io.archmage.report.RunReport;
import io.archmage.report.TaskReport;
import io.archmage.server.TemporalConnection;
import io.temporal.client.WorkflowExecutionDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code archmage logs RUN TASK}. */
@Command(
    name = "logs",
    description = "Shows what the familiar of a task wrote, also while it runs on this machine.")
final class LogsCommand extends Subcommand {

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration START_LIMIT = Duration.ofSeconds(15);

  /** Which texts are shown. */
  enum Stream {
    BOTH, STDOUT, STDERR, PROMPT, OUTPUT
  }

  @Mixin
  private RunArgument run;

  @Parameters(paramLabel = "TASK", index = "1", description = "The task's id.")
  private String task;

  @Option(
      names = "--attempt",
      paramLabel = "N",
      description = "Which attempt, 1 for the first. Default: the last one.")
  private @Nullable Integer attempt;

  @Option(
      names = {"-f", "--follow"},
      description = "Wait for the attempt's start and show what it writes until it ends.")
  private boolean follow;

  @Option(
      names = "--stream",
      paramLabel = "both|stdout|stderr|prompt|output",
      defaultValue = "both",
      description = "What is shown: standard output and error, one of them, the prompt or the text"
          + " result. Default: ${DEFAULT-VALUE}.")
  private Stream stream;

  @Option(
      names = "--raw",
      description = "Write the bytes as they are, with control characters and without headings.")
  private boolean raw;

  @Mixin
  private ServerOption server;

  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) throws IOException {
    if (follow && json.wanted()) {
      throw CommandFailure.invalid("--follow and --json cannot be used together.");
    }
    Console console = session.console();
    try (TemporalConnection connection = Servers.connect(session, server.value())) {
      RunReader reader = new RunReader(session, connection);
      WorkflowExecutionDescription found = reader.find(run.value());
      RunReport report = reader.report(found);
      TaskReport one = RunFiles.task(report, task);
      while (follow && one.attempts() < wantedAttempt(one) && !one.status().terminal()) {
        // A run tells nobody when a task starts.
        LockSupport.parkNanos(PAUSE.toNanos());
        found = reader.find(found.getExecution().getWorkflowId());
        report = reader.report(found);
        one = RunFiles.task(report, task);
      }
      int number = checked(one);
      try (RunFiles files =
          RunFiles.of(report, found.getExecution().getRunId(), session.state())) {
        AttemptOutput output =
            new AttemptOutput(files.repository(), files.folders(), files.key(), task, number);
        show(console, one, number, output);
      }
      return ExitCode.OK;
    }
  }

  private int wantedAttempt(TaskReport one) {
    return attempt == null ? Math.max(1, one.attempts()) : attempt;
  }

  private int checked(TaskReport one) {
    int number = wantedAttempt(one);
    if (number < 1) {
      throw CommandFailure.invalid("--attempt is " + number + "; it is at least 1.");
    }
    if (one.attempts() == 0) {
      String because = one.because() == null ? "" : ", " + one.because();
      throw CommandFailure.notFound(
          "Task " + task + " has not run: it is " + one.status().key() + because + ".");
    }
    if (number > one.attempts()) {
      throw CommandFailure.notFound(
          "Task " + task + " has no attempt " + number + "; its last one is " + one.attempts()
              + ".");
    }
    return number;
  }

  private void show(Console console, TaskReport one, int number, AttemptOutput output)
      throws IOException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (follow && !output.isStored() && !output.isHere() && System.nanoTime() - end < 0) {
      // Its worker tells nobody when it makes the attempt's folder.
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    if (!output.isStored() && !output.isHere()) {
      throw CommandFailure.environment(
          one.invocations() == 0 && one.status().terminal()
              ? "Task " + task + " is a step of the engine's own, which writes nothing."
              : "What attempt "
                  + number
                  + " of "
                  + task
                  + " writes is not on this machine yet: it runs elsewhere, or has only just"
                  + " begun. When it has ended it is in "
                  + output.logRef()
                  + ".");
    }
    if (json.wanted()) {
      console.out().println(Json.write(document(number, output)));
      return;
    }
    LogPrinter printer = new LogPrinter(console, raw, stream == Stream.BOTH);
    new LogReader(output, parts(), printer).read(follow);
    printer.end();
  }

  private List<Part> parts() {
    return switch (stream) {
      case BOTH -> List.of(Part.STDOUT, Part.STDERR);
      case STDOUT -> List.of(Part.STDOUT);
      case STDERR -> List.of(Part.STDERR);
      case PROMPT -> List.of(Part.PROMPT);
      case OUTPUT -> List.of(Part.OUTPUT);
    };
  }

  private Map<String, Object> document(int number, AttemptOutput output) throws IOException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("task", task);
    document.put("attempt", number);
    document.put("ended", output.hasEnded());
    document.put("log_ref", output.isStored() ? output.logRef() : null);
    for (Part part : Part.values()) {
      document.put(
          part.name().toLowerCase(Locale.ROOT),
          new String(LogReader.whole(output, part), StandardCharsets.UTF_8));
    }
    return document;
  }
}
