package io.archmage.cli;

import io.archmage.contract.RunOptions;
import io.archmage.render.TerminalSafe;
import io.archmage.report.RunReport;
import io.archmage.report.TaskReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code archmage demo}. */
@Command(
    name = "demo",
    description = {
      "Makes a small git repository and runs a plan of five tasks in it with scripted familiars.",
      "Needs no account. The repository, the server and the Web UI stay to be looked at."
    })
final class DemoCommand extends Subcommand {

  private static final String DEFAULT_DIRECTORY = "archmage-demo";

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where the repository is made; missing, empty or a former demo. Default: "
          + "archmage-demo in"
          + " the directory for temporary files.")
  private @Nullable Path directory;

  @Mixin
  private ServerOption server;
  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) throws IOException, InterruptedException {
    Console console = session.console();
    DemoProject project = DemoProject.in(place(console));
    console.note("The demo's repository is " + project.directory());
    Path plan = project.directory().resolve(DemoProject.PLAN);
    RunRequest request =
        new RunRequest(
            PlanDocument.read(plan.toString(), console),
            project.directory(),
            // Written by us, hence approved.
            project.directory().resolve("runes/config/parallel.yaml"),
            null,
            RunOptions.NONE,
            server.value(),
            false,
            false);
    RunFlow flow = new RunFlow(session);
    try (RunFlow.Started run = flow.start(request)) {
      flow.announce(run);
      RunFlow.Ended ended = flow.follow(run, false);
      RunReport report = ended.report();
      if (report == null) {
        return ended.exitCode();
      }
      if (json.wanted()) {
        console.out().println(Json.write(report));
        return ended.exitCode();
      }
      flow.print(run, report);
      show(project, report, console.out());
      next(session, project, run.runId());
      return ended.exitCode();
    }
  }

  private Path place(Console console) {
    if (directory != null) {
      return console.resolve(directory);
    }
    String temporary = console.environment().getOrDefault("TMPDIR", "/tmp");
    return console.resolve(Path.of(temporary)).resolve(DEFAULT_DIRECTORY);
  }

  private static void show(DemoProject project, RunReport report, PrintWriter out)
      throws IOException {
    out.println();
    out.println("What each task made:");
    for (TaskReport task : report.tasks()) {
      out.println(
          "  "
              + TerminalSafe.line(task.id())
              + ": "
              + TerminalSafe.line(String.join(" ", task.changedFiles())));
    }
    out.println();
    out.println("The run's branch, newest first:");
    project
        .git("log", "--graph", "--oneline", "--no-color", "-20", report.branch(), "--")
        .lines()
        .forEach(line -> out.println("  " + TerminalSafe.block(line)));
    out.flush();
  }

  private static void next(Session session, DemoProject project, String runId) {
    String typed = session.launcher().typed();
    String id = Shell.word(runId);
    String plan = Shell.word(project.directory().resolve(DemoProject.PLAN).toString());
    String repository = Shell.word(project.directory().toString());
    PrintWriter out = session.console().out();
    out.println();
    out.println("Try next:");
    List.of(
        typed + " timeline " + id,
        typed + " report " + id + " --json",
        typed + " run " + plan + " --repo " + repository,
        typed + " server stop")
        .forEach(line -> out.println("  " + line));
    out.flush();
  }
}
