package io.archmage.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.contract.RunKey;
import io.archmage.doctor.Finding.Level;
import io.archmage.git.GitException;
import io.archmage.git.GitVersion;
import io.archmage.project.RunFolders;
import io.archmage.render.Style;
import io.archmage.server.ServerException;
import io.archmage.settings.StateDirectory;
import io.archmage.worker.RunFate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor finds where something is wrong. */
class DoctorTest {

  @TempDir
  private Path root;
  private StateDirectory state;
  private Path repository;

  @BeforeEach
  void begin() throws Exception {
    root = root.toRealPath();
    state = new StateDirectory(root.resolve("state"));
    repository = Files.createDirectory(root.resolve("repository"));
    git("init", "-q", "-b", "main");
    git("config", "user.name", "Ada");
    git("config", "user.email", "ada@localhost");
    git("commit", "-q", "--allow-empty", "-m", "first");
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private void configure(String text) throws IOException {
    Path file = repository.resolve("runes/config/parallel.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<Finding> configuration() throws InterruptedException {
    return new ConfigurationCheck(
        state, repository, null, Map.of("PATH", "/usr/bin:/bin", "EMPTY", ""))
        .look();
  }

  private String remote() {
    return text(new RemoteCheck(state, repository, null).look());
  }

  @Test
  void shouldLookWhetherTheSharedRemoteTakesPushes() throws Exception {
    assertThat(remote()).contains("runs stay on this machine");

    configure("share: {remote: hub}");
    assertThat(remote()).contains("git remote add hub URL");

    Path hub = root.resolve("hub.git");
    git("remote", "add", "hub", "file://" + hub);
    assertThat(remote()).contains("cannot be read", "git ls-remote hub");

    git("init", "-q", "--bare", hub.toString());
    assertThat(remote()).contains("hub (file://" + hub + ") answers and takes pushes");
    assertThat(hub.resolve("refs/archmage")).doesNotExist();
  }

  private static String text(List<Finding> findings) {
    return FindingsText.render(findings, Style.PLAIN);
  }

  @Test
  void shouldShowFindingsWithWhatToDo() {
    List<Finding> findings =
        List.of(
            Finding.ok("java", "Java 25"),
            Finding.warning("leftovers", "run-1 has ended but left /x", "Start a worker."),
            Finding.problem("server", "it does not answer\nat all\u001b[2J", "Start it\nor not."));

    assertThat(text(findings))
        .isEqualTo(
            """
                ok       java          Java 25
                warning  leftovers     run-1 has ended but left /x
                                       -> Start a worker.
                problem  server        it does not answer
                                       at all\\e[2J
                                       -> Start it
                                       -> or not.

                1 problem, 1 warning.
                """);
    assertThat(text(findings.subList(0, 1))).endsWith("\nEverything is in order.\n");
    assertThat(Doctor.isWell(findings)).isFalse();
    assertThat(Doctor.isWell(findings.subList(0, 2))).isTrue();
  }

  @Test
  void shouldGoOnWhenACheckBreaks() {
    Check broken =
        new Check() {
          @Override
          public String name() {
            return "odd";
          }

          @Override
          public List<Finding> look() throws IOException {
            throw new IOException("no such thing");
          }
        };

    assertThat(Doctor.examine(List.of(broken, new RepositoryCheck(repository))))
        .extracting(Finding::level)
        .containsExactly(Level.PROBLEM, Level.OK);
  }

  @Test
  void shouldFindAnOldMachine() {
    List<Finding> findings =
        new MachineCheck(
            Runtime.Version.parse("17.0.2"), () -> new GitVersion(2, 37), () -> state)
            .look();

    assertThat(findings).extracting(Finding::level)
        .containsExactly(Level.PROBLEM, Level.PROBLEM, Level.OK, Level.OK);
    assertThat(text(findings)).contains("Java 17.0.2 is too old", "Install git 2.38 or newer.");
  }

  @Test
  void shouldFindThatGitIsMissingAndThatThereIsNoRoom() throws IOException {
    StateDirectory file =
        new StateDirectory(Files.writeString(root.resolve("file"), "").resolve("state"));
    List<Finding> findings =
        new MachineCheck(
            Runtime.Version.parse("21"),
            () -> {
              throw new GitException("cannot start git", null);
            },
            () -> file)
            .look();

    assertThat(text(findings))
        .contains("problem  git           cannot start git", "is no directory, so")
        .contains("ARCHMAGE_STATE");
    assertThat(MachineCheck.room(root, 100L << 20).level()).isEqualTo(Level.PROBLEM);
    assertThat(MachineCheck.room(root, 1L << 30).level()).isEqualTo(Level.WARNING);
    assertThat(MachineCheck.room(root, 3L << 30).level()).isEqualTo(Level.OK);
  }

  @Test
  void shouldTellHowItStandsWithTheServer() {
    assertThat(text(new ServerCheck(Optional::empty, Optional::empty).look()))
        .contains("warning  temporal      There is no Temporal CLI; version 1.9.1 is fetched")
        .contains("ok       server        No server runs");
    assertThat(
        text(
            new ServerCheck(
                () -> {
                  throw new ServerException("ARCHMAGE_TEMPORAL names x, which cannot be run");
                },
                () -> {
                  throw new ServerException("the profile is broken");
                })
                .look()))
        .contains("problem  temporal      ARCHMAGE_TEMPORAL names x")
        .contains("problem  server        the profile is broken");
  }

  @Test
  void shouldFindWhatIsWrongWithTheRepository() throws Exception {
    assertThat(new RepositoryCheck(repository).look()).singleElement()
        .satisfies(
            finding -> assertThat(finding.message()).isEqualTo(repository + ", on main"));
    assertThat(text(new RepositoryCheck(root).look())).contains("is in no git repository");
    git("branch", "archmage");
    git("checkout", "-q", "--detach");
    assertThat(new RepositoryCheck(repository).look()).extracting(Finding::level)
        .containsExactly(Level.OK, Level.PROBLEM, Level.WARNING);
  }

  @Test
  void shouldFindThatThereIsNoConfiguration() throws Exception {
    assertThat(text(configuration()))
        .contains("warning  configuration There is no runes/config/parallel.yaml")
        .contains("-> Write one with: archmage init");
  }

  @Test
  void shouldNameEveryProblemOfAConfiguration() throws Exception {
    configure("concurrency: {max_paralel: 3}\nenabled: 5\n");

    assertThat(text(configuration()))
        .contains("runes/config/parallel.yaml:1: unknown key \"max_paralel\"")
        .contains("-> Did you mean \"max_parallel\"?")
        .contains("runes/config/parallel.yaml:2: ", "2 problems");
  }

  @Test
  void shouldLookForEveryFamiliarsProgram() throws Exception {
    Path tool = repository.resolve("tool.sh");
    Files.writeString(tool, "#!/bin/sh\n");
    tool.toFile().setExecutable(true);
    Files.writeString(root.resolve("plain"), "");
    configure(
        """
            familiars:
              shell: {command: [sh], env: {KEY: "${env:EMPTY}"}}
              talks: {command: [sh], resume: [no-such-resumer, "{session_id}"]}
              lost: {command: [no-such-program-here]}
              tool: {command: ["./tool.sh"]}
              plain: {command: ["%s/plain"]}
              nothing: {}
            """
            .formatted(root));

    List<Finding> findings = configuration();

    assertThat(text(findings))
        .contains("Nobody has approved its commands", "-> Look at them, then use --trust")
        .containsPattern("ok       familiar      shell: /.*/sh\n")
        .contains("warning  familiar      shell: the variable EMPTY that it is given is not set")
        .containsPattern("ok       familiar      talks: /.*/sh\n")
        .contains("problem  familiar      talks (resume): 'no-such-resumer' is not on the PATH")
        .contains("correct the resume of talks")
        .contains("problem  familiar      lost: 'no-such-program-here' is not on the PATH")
        .contains("problem  familiar      tool: ./tool.sh is not committed")
        .containsPattern("problem  familiar      plain: .*/plain is not executable; try: chmod")
        .contains("warning  familiar      nothing has no command");
    git("add", "-A");
    git("commit", "-qm", "tool");
    assertThat(text(configuration())).contains("ok       familiar      tool: " + tool);
  }

  @Test
  void shouldWarnOfAConfigurationWithoutFamiliars() throws Exception {
    configure("familiars: {}");

    assertThat(text(configuration()))
        .contains("warning  configuration It names no familiar, so plans are refused");
  }

  @Test
  void shouldTellLeftoversFromRunsAtWork() throws Exception {
    RunFolders folders = new RunFolders(state.path().resolve("repos/0123456789ab/runs"));
    for (String run : List.of("ended", "open", "unknown")) {
      folders.claim(new RunKey(run, "x", run));
    }
    Files.createDirectories(folders.root().resolve("without-note"));

    List<Finding> findings =
        new LeftoverCheck(
            state,
            run -> switch (run.runId()) {
              case "ended" -> RunFate.State.ENDED;
              case "open" -> RunFate.State.OPEN;
              default -> RunFate.State.UNKNOWN;
            })
            .look();

    assertThat(findings).hasSize(3).allMatch(each -> each.level() == Level.WARNING);
    assertThat(text(findings))
        .contains("ended has ended but left " + folders.root())
        .contains("The server does not know unknown, which left")
        .contains("The server does not know an unknown run, which left")
        .doesNotContain("open@");
    assertThat(
        text(new LeftoverCheck(state, run -> RunFate.State.NOT_ASKED).look()))
        .contains("no server runs that could say");
    assertThat(
        new LeftoverCheck(new StateDirectory(root.resolve("none")), run -> null).look())
        .containsExactly(Finding.ok("leftovers", "none"));
  }

  @Test
  void shouldNameWhatWorksInFoldersThatNobodyKnows() throws Exception {
    RunFolders folders = new RunFolders(state.path().resolve("repos/0123456789ab/runs"));
    RunKey run = new RunKey("gone", "x", "gone");
    folders.claim(run);
    Process familiar =
        new ProcessBuilder(
            "perl", "-e", "use POSIX; POSIX::setsid(); $| = 1; print 1; sleep 600")
            .directory(folders.run(run).toFile())
            .start();
    try {
      assertThat(familiar.getInputStream().read()).isEqualTo('1');

      assertThat(text(new LeftoverCheck(state, any -> RunFate.State.UNKNOWN).look()))
          .contains("does not know gone", "where processes still work: " + familiar.pid())
          .contains("-> In its repository: archmage recover");
      assertThat(text(new LeftoverCheck(state, any -> RunFate.State.ENDED).look()))
          .contains("gone has ended but left ", "archmage gc --older-than 0s");
    } finally {
      familiar.destroyForcibly();
    }
  }

  @Test
  void shouldNameTasksOfOpenRunsThatNoWorkerFollows() throws Exception {
    RunFolders folders = new RunFolders(state.path().resolve("repos/0123456789ab/runs"));
    RunKey run = new RunKey("open", "x", "open");
    folders.claim(run);
    Files.createDirectories(folders.attempt(run, "T", 1));
    LeftoverCheck check = new LeftoverCheck(state, any -> RunFate.State.OPEN);

    assertThat(text(check.look()))
        .contains("No worker here follows %54 of the open run open", "archmage worker --repo DIR");
  }
}
