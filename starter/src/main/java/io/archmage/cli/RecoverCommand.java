package io.archmage.cli;

import io.archmage.contract.RunKey;
import io.archmage.prepare.GroupWorktrees;
import io.archmage.prepare.RunClaims;
import io.archmage.project.RunFolders;
import io.archmage.render.TerminalSafe;
import io.archmage.server.TemporalConnection;
import io.archmage.worker.ProjectLoader;
import io.archmage.worker.RunFate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code archmage recover}. */
@Command(
    name = "recover",
    description = {
      "Finds runs that a repository has but the server does not know and that never ended: their",
      "server's state was lost. Says how far each came and what cannot be known, and goes on with",
      "those that are to go on: tasks whose work is integrated are not invoked again."
    })
final class RecoverCommand extends Subcommand {

  @Parameters(
      paramLabel = "REPO",
      arity = "0..1",
      description = "The repository. Default: that of the current directory.")
  private @Nullable Path repository;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = "Go on with this run. Repeatable.")
  private List<String> resume = new ArrayList<>();

  @Option(
      names = "--give-up",
      paramLabel = "RUN",
      description = "Note that this run is not wanted any more, so that 'archmage gc' may remove"
          + " what other branches have of it. Repeatable.")
  private List<String> giveUp = new ArrayList<>();

  @Option(names = "--yes", description = "Go on with every run that can go on, without asking.")
  private boolean yes;

  @Option(names = "--dry-run", description = "Only say what is there; nothing is started.")
  private boolean dryRun;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration. Default: runes/config/parallel.yaml in the repository.")
  private @Nullable Path configuration;

  @Mixin
  private ChoiceOptions choices;

  @Mixin
  private ServerOption server;

  @Option(
      names = "--trust",
      description = "Approve the commands in the repository's own configuration.")
  private boolean trust;

  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) {
    Console console = session.console();
    Path directory = repository == null ? console.directory() : console.resolve(repository);
    OpenedProject project =
        session
            .engine()
            .openProject(
                session.state(), directory, ProjectOptions.configuration(console, configuration));
    try (TemporalConnection connection = Servers.connect(session, server.value())) {
      List<LostRunView> lost = lost(session, project, connection);
      List<LostRunView> unwanted = giveUp.stream().map(name -> named(name, lost)).toList();
      if (!json.wanted()) {
        LostRunText.print(lost, project, connection.target().address(), console);
      }
      List<LostRunView> chosen = chosen(session, lost);
      if (!dryRun) {
        unwanted.forEach(run -> project.giveUp(run.candidate().record()));
      }
      List<Map<String, Object>> resumed = new ArrayList<>();
      for (LostRunView run : chosen) {
        resumed.add(resume(session, run, directory, mayAsk(session)));
      }
      GroupWorktrees.Reconciled worktrees = project.reconcileWorktrees(!dryRun);
      if (!json.wanted()) {
        print(worktrees, console);
      } else {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("repository", project.repository().toString());
        document.put("server", connection.target().address());
        document.put("lost", lost.stream().map(LostRunView::describe).toList());
        document.put("resumed", resumed);
        document.put(
            "given_up", unwanted.stream().map(run -> run.candidate().record().name()).toList());
        document.put("worktrees", describe(worktrees));
        console.out().println(Json.write(document));
      }
      return ExitCode.OK;
    }
  }

  private static Map<String, Object> describe(GroupWorktrees.Reconciled worktrees) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("recovered_count", worktrees.recovered().size());
    document.put("cleaned_count", worktrees.cleaned().size());
    document.put("recovered", worktrees.recovered());
    document.put("cleaned", worktrees.cleaned());
    document.put("unknown", worktrees.unknown());
    return document;
  }

  private void print(GroupWorktrees.Reconciled worktrees, Console console) {
    int recovered = worktrees.recovered().size();
    int cleaned = worktrees.cleaned().size();
    if (recovered + cleaned + worktrees.unknown().size() > 0) {
      console.out().println();
      console.out().println("Recovered " + recovered + " worktrees");
      console.out()
          .println((dryRun ? "Would clean " : "Cleaned ") + cleaned + " stale entries");
    }
    worktrees
        .unknown()
        .forEach(
            path -> console.out()
                .println("No run knows " + TerminalSafe.line(path) + "; it is left as it is."));
  }

  private static List<LostRunView> lost(
      Session session, OpenedProject project, TemporalConnection connection) {
    ServerFates fates = new ServerFates(connection);
    RunFolders folders =
        new RunFolders(
            ProjectLoader.folder(session.state(), project.repositoryId()).resolve("runs"));
    List<LostRunView> lost = new ArrayList<>();
    for (OpenedProject.LostCandidate candidate : project.lost()) {
      RunClaims.Claim claim = Objects.requireNonNull(candidate.record().claim());
      RunFate fate = fates.find(claim.runId(), claim.execution());
      switch (fate.state()) {
        case UNKNOWN -> {
          Path folder =
              folders.run(
                  new RunKey(claim.runId(), claim.execution(), candidate.record().name()));
          lost.add(
              new LostRunView(candidate, claim, Files.isDirectory(folder) ? folder : null));
        }
        case OPEN, ENDED -> {
          // The server has it, so nothing of it is lost.
        }
        case NOT_ASKED ->
          throw CommandFailure.environment(
              "The server at "
                  + connection.target().address()
                  + " does not say which runs it knows, so none can be called lost.");
      }
    }
    return lost;
  }

  private List<LostRunView> chosen(Session session, List<LostRunView> lost) {
    List<LostRunView> able = lost.stream().filter(run -> run.candidate().run() != null).toList();
    List<LostRunView> named = resume.stream().map(name -> able(named(name, lost))).toList();
    if (dryRun) {
      return List.of();
    }
    if (!named.isEmpty() || able.isEmpty() || !giveUp.isEmpty()) {
      return named;
    }
    if (yes) {
      return able;
    }
    boolean asks = mayAsk(session) && !json.wanted();
    return asks && Trust.agreed(session.console(), "Go on with " + these(able) + "?")
        ? able
        : List.of();
  }

  private static String these(List<LostRunView> able) {
    return able.size() == 1
        ? "run " + able.getFirst().candidate().record().name()
        : "these " + able.size() + " runs";
  }

  private static LostRunView named(String name, List<LostRunView> lost) {
    return lost.stream()
        .filter(run -> run.candidate().record().name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> CommandFailure.notFound(
                "No lost run is called " + name + ". 'archmage recover --dry-run' lists those"
                    + " there are; 'archmage list' has the runs that the server knows."));
  }

  private static LostRunView able(LostRunView run) {
    if (run.candidate().run() == null) {
      throw CommandFailure.invalid(
          "Run " + run.candidate().record().name() + " cannot go on: " + run.candidate().because()
              + ".");
    }
    return run;
  }

  private Map<String, Object> resume(
      Session session, LostRunView run, Path directory, boolean mayAsk) {
    String name = run.candidate().record().name();
    RunRequest request =
        new RunRequest(
            PlanDocument.recovering(name),
            directory,
            ProjectOptions.configuration(session.console(), configuration),
            run.claim().runId(),
            choices.toRunOptions(),
            server.value(),
            trust,
            mayAsk);
    RunFlow flow = new RunFlow(session);
    try (RunFlow.Started started = flow.start(request)) {
      session.console()
          .note(
              "Run "
                  + started.runId()
                  + " goes on. To follow it: "
                  + session.launcher().typed()
                  + " watch "
                  + Shell.word(started.runId()));
      return flow.describe(started);
    }
  }
}
