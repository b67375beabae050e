package io.archmage.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a familiar is given, and how its end is told. */
@ParameterizedClass
@MethodSource("io.archmage.process.SupervisorModes#all")
@Timeout(120)
class SupervisorTest {

  private final SupervisorModes.Mode mode;
  private final Supervisor supervisor;
  @TempDir
  Path temporary;
  private TestRun run;

  SupervisorTest(SupervisorModes.Mode mode) {
    this.mode = mode;
    this.supervisor = mode.supervisor();
  }

  @BeforeEach
  void makeRun() throws Exception {
    run = new TestRun(temporary);
  }

  private ProcessExit toEnd(ProcessSpec spec) throws Exception {
    return TestRun.end(supervisor.start(run.directory, spec));
  }

  @Test
  void shouldReportExitCodesThatAlsoMeanMissingCommands() throws Exception {
    for (int code : new int[] {0, 1, 77, 126, 127, 255}) {
      run = new TestRun(temporary);

      ProcessExit exit = toEnd(run.shell("exit " + code));

      assertThat(exit.code()).isEqualTo(code);
      assertThat(exit.reason()).isEqualTo(EndReason.EXITED);
    }
  }

  @Test
  void shouldReportSignalsFromOutsideAsExits() throws Exception {
    Map<String, Integer> codes = Map.of("KILL", 137, "TERM", 143, "INT", 130);
    for (String signal : codes.keySet()) {
      run = new TestRun(temporary);

      ProcessExit exit = toEnd(run.shell("kill -s " + signal + " $$; sleep 5"));

      assertThat(exit.code()).as(signal).isEqualTo(codes.get(signal));
      assertThat(exit.reason()).isEqualTo(EndReason.EXITED);
    }
  }

  @Test
  void shouldGivePromptArgumentsAndWorkingDirectoryAsTheyAre() throws Exception {
    List<String> words =
        List.of("a b", "it's", "", "$HOME `x` \\ \"q\"", "line\nfeed", "-n", "ü✓\u0081");
    String script = "cat; pwd; printf '%s\\0' \"$@\"";
    List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "x"));
    argv.addAll(words);

    ProcessExit exit = toEnd(run.command(argv.toArray(String[]::new)));

    assertThat(exit.isSuccess()).isTrue();
    String prompt = Files.readString(run.stdin);
    assertThat(run.out())
        .isEqualTo(prompt + run.workspace.toRealPath() + "\n" + String.join("\0", words) + "\0");
  }

  @Test
  void shouldGiveExactlyTheEnvironmentOfTheSpec() throws Exception {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("API_KEY", "it's a \"secret\"\nin two lines ü");
    environment.put("EMPTY", "");
    environment.put("npm_config_//registry:_auth", "odd name");
    environment.put("OPTIND", "abc");
    environment.put("UID", "12");
    environment.put("IFS", "x");
    environment.put("LC_ALL", "xx_YY.none");
    environment.put("PWD", "/nowhere");
    ProcessSpec spec =
        ProcessSpec.of(List.of("env", "-0"), run.workspace, environment, run.stdin);

    assertThat(toEnd(spec).isSuccess()).isTrue();

    assertThat(variables()).isEqualTo(environment);
  }

  @Test
  void shouldPassOnNothingOfItsOwn() throws Exception {
    Map<String, String> environment = Map.of("ONLY", "this");
    ProcessSpec spec =
        ProcessSpec.of(List.of("/usr/bin/env", "-0"), run.workspace, environment, run.stdin);

    assertThat(toEnd(spec).isSuccess()).isTrue();

    assertThat(variables()).isEqualTo(environment);
  }

  private Map<String, String> variables() throws Exception {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String variable : run.out().split("\0", 0)) {
      String[] pair = variable.split("=", 2);
      variables.put(pair[0], pair[1]);
    }
    if (!mode.isolation().isNamespace()) {
      assertThat(variables.remove(Traces.MARKER_VARIABLE)).hasSize(36);
    }
    return variables;
  }

  @Test
  void shouldKeepSignalsAtTheirDefaults() throws Exception {
    ProcessExit exit =
        toEnd(run.shell("trap 'echo got; exit' INT; kill -s INT $$; sleep 1; exit 1"));

    assertThat(exit.isSuccess()).isTrue();
    assertThat(run.out()).isEqualTo("got\n");
  }

  @Test
  void shouldKeepSecretsInPrivateFilesAndDeleteThem() throws Exception {
    SupervisedProcess process = supervisor.start(run.directory, run.shell("cat; exec sleep NAP"));
    TestRun.await(() -> process.poll().isEmpty() && process.outputSize() > 0);
    process.poll();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run.directory)))
        .isEqualTo("rwx------");
    try (var files = Files.list(run.directory)) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("launch-"));
    }
    process.kill();
  }

  @Test
  void shouldTakeTwentyMegabytes() throws Exception {
    ProcessExit exit = toEnd(run.shell("head -c 20000000 /dev/zero; head -c 1000 /dev/zero >&2"));

    assertThat(exit.isSuccess()).isTrue();
    assertThat(Files.size(run.directory.resolve("out"))).isEqualTo(20_000_000);
    assertThat(Files.size(run.directory.resolve("err"))).isEqualTo(1000);
  }

  @Test
  void shouldTellTimesFromTheSupervisorsFiles() throws Exception {
    Instant before = Instant.now();

    ProcessExit exit = toEnd(run.shell("sleep 0.3"));

    assertThat(exit.startedAt()).isBetween(before.minusMillis(50), exit.endedAt());
    assertThat(exit.endedAt()).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
    // Files carry the time of the kernel's last tick.
    assertThat(exit.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(290));
  }

  @Test
  void shouldEndWhatTakesTooLong() throws Exception {
    ProcessExit exit =
        toEnd(run.shell("exec sleep NAP").withWallTimeout(Duration.ofMillis(500)));

    assertThat(exit.reason()).isEqualTo(EndReason.WALL_TIMEOUT);
    assertThat(exit.code()).isEqualTo(143);
    assertThat(run.survivors()).isEmpty();
  }

  @Test
  void shouldEndWhatWritesTooMuch() throws Exception {
    ProcessExit exit = toEnd(run.shell("cat /dev/zero >&2").withMaxOutputBytes(1_000_000));

    assertThat(exit.reason()).isEqualTo(EndReason.OUTPUT_LIMIT);
    assertThat(Files.size(run.directory.resolve("err"))).isGreaterThan(1_000_000);
  }

  @Test
  void shouldFindASupervisorThatHasYetToClaimTheDirectory() throws Exception {
    try (ExecutorService starter = Executors.newSingleThreadExecutor()) {
      Future<SupervisedProcess> started =
          starter.submit(() -> supervisor.start(run.directory, run.shell("sleep 60")));
      while (!hasLaunchScript()) {
        Thread.onSpinWait();
      }
      assertThat(supervisor.attach(run.directory)).isInstanceOf(Attachment.Running.class);
      started.get().kill();
    }
  }

  private boolean hasLaunchScript() throws IOException {
    String[] files = run.directory.toFile().list((folder, name) -> name.startsWith("launch-"));
    return files != null && files.length > 0;
  }

  @Test
  void shouldRefuseCommandsThatCannotRunWithoutClaimingTheDirectory() throws Exception {
    Path plain = Files.writeString(run.workspace.resolve("plain"), "text");

    assertThatThrownBy(() -> supervisor.start(run.directory, run.command("no-such-command")))
        .isInstanceOfSatisfying(
            CommandUnavailableException.class,
            e -> assertThat(e.lookup()).isInstanceOf(ExecutableLookup.Missing.class));
    assertThatThrownBy(() -> supervisor.start(run.directory, run.command("./plain")))
        .isInstanceOfSatisfying(
            CommandUnavailableException.class,
            e -> assertThat(e.lookup()).isInstanceOf(ExecutableLookup.NotExecutable.class))
        .hasMessageContaining(plain.toString());
    assertThat(supervisor.attach(run.directory)).isEqualTo(new Attachment.NeverStarted());
  }

  @Test
  void shouldHaveNoTerminalAndItsOwnSession() throws Exception {
    // A namespace may show the outer /proc: only "self" means the same process in both.
    String session = mode.isolation() == Isolation.GROUP ? ":" : "cut -d' ' -f6 /proc/self/stat";
    ProcessExit exit =
        toEnd(run.shell("sh -c ': </dev/tty' 2>/dev/null || echo none; " + session));

    assertThat(exit.code()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).first().isEqualTo("none");
    if (mode.isolation() != Isolation.GROUP) {
      Command ours = Command.of(run.workspace, List.of("sh", "-c", session));
      assertThat(lines.get(1)).isNotIn("0", ProcessRunner.run(ours).stdoutText().strip());
    }
  }
}
