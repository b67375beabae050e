package io.archmage.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.settings.OperatingSystem;
import io.archmage.settings.StateDirectory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {
  @TempDir
  Path base;
  private TestServers servers;

  @BeforeEach
  void setUp() {
    servers = new TestServers(base.resolve("state"));
  }

  @AfterEach
  void tearDown() {
    servers.close();
  }

  @Test
  void shouldStartOnceUseAgainAndStop() throws Exception {
    long begin = System.nanoTime();
    List<CompletableFuture<ServerRecord>> callers =
        Stream.generate(
            () -> CompletableFuture.supplyAsync(
                () -> servers.embedded().ensureRunning(TestServers.launcher())))
            .limit(2)
            .toList();
    ServerRecord first = callers.get(0).join();
    long started = System.nanoTime();
    ServerRecord second = callers.get(1).join();
    long again = System.nanoTime();
    ServerRecord third = servers.embedded().ensureRunning(TestServers.launcher());
    System.out.printf(
        "ensureRunning: new %d ms (two at once), existing %d ms%n",
        (started - begin) / 1_000_000, (System.nanoTime() - again) / 1_000_000);

    assertThat(second).isEqualTo(first);
    assertThat(third).isEqualTo(first);
    assertThat(first.supervisor().pid()).isNotEqualTo(ProcessHandle.current().pid());
    assertThat(ServerProbe.answers(first.ports().port())).isTrue();
    assertLoopbackOnly(first);
    ServerTarget target = resolve();
    assertThat(target.origin()).isEqualTo(new ServerOrigin.Embedded(false));
    assertThat(target.ui()).contains(first.ui());
    assertThat(target.cliLine()).isEqualTo("temporal --address " + first.address());
    try (TemporalConnection connection = new TemporalConnection(target)) {
      assertThat(connection.client()).isSameAs(connection.client());
    }
    assertThat(ServerProbe.answers(first.ports())).isTrue();
    assertThat(ServerProbe.answers(onPortOf(first)))
        .as("a server that died, and whose port another one took")
        .isFalse();
    assertThat(ServerResolver.hint(first, first.ports().port())).isEmpty();
    assertThat(ServerResolver.hint(elsewhere(first), first.ports().port()).orElseThrow())
        .contains("it is not used. To use it: --server " + first.address());

    assertThat(servers.embedded().stop()).contains(first);

    assertThat(servers.files().record()).doesNotExist();
    assertThat(first.server().isRunning()).isFalse();
    assertThat(first.supervisor().isRunning()).isFalse();
    assertThat(servers.embedded().running()).isEmpty();
    assertThat(servers.embedded().stop()).isEmpty();
  }

  @Test
  void shouldKeepHistoryAndAddressWhenTheServerIsKilled() throws Exception {
    Process supervisor = servers.foreground();
    ServerRecord first = servers.awaitRunning();
    String runId = startWorkflow(first);

    kill(first.pid());
    TestServers.await(
        () -> servers.embedded().running().filter(now -> now.pid() != first.pid()).isPresent());

    ServerRecord second = servers.awaitRunning();
    assertThat(second.ports()).isEqualTo(first.ports());
    assertThat(servers.cli(second, "workflow", "describe", "-w", "w1").output())
        .contains("w1")
        .contains(runId);
    supervisor.destroy();
    assertThat(supervisor.waitFor()).isEqualTo(143);
    assertThat(second.server().isRunning()).isFalse();
    assertThat(servers.files().record()).doesNotExist();
  }

  @Test
  void shouldTakeOverOrStopTheServerOfAKilledSupervisor() throws Exception {
    Process supervisor = servers.foreground();
    ServerRecord first = servers.awaitRunning();
    kill(supervisor.pid());
    supervisor.waitFor();

    assertThat(servers.embedded().running()).contains(first);
    ServerRecord second = servers.embedded().ensureRunning(TestServers.launcher());
    assertThat(second.server()).isEqualTo(first.server());
    assertThat(second.supervisor()).isNotEqualTo(first.supervisor());

    kill(second.supervisor().pid());
    TestServers.await(() -> !second.supervisor().isRunning());
    assertThat(servers.embedded().stop()).contains(second);
    assertThat(first.server().isRunning()).isFalse();
    assertThat(servers.files().record()).doesNotExist();
  }

  @Test
  void shouldRunOneOfTwoStartedAtOnce() throws Exception {
    Process one = servers.foreground();
    Process two = servers.foreground();

    CompletableFuture.anyOf(one.onExit(), two.onExit()).join();

    Process ended = one.isAlive() ? two : one;
    assertThat(ended.exitValue()).isZero();
    assertThat(Stream.of(one, two).filter(Process::isAlive)).hasSize(1);
    ServerRecord running = servers.awaitRunning();
    assertThat(running.supervisor().pid()).isEqualTo((one.isAlive() ? one : two).pid());
    assertThat(servers.files().supervisorLog())
        .content()
        .contains("a server is running already")
        .contains("outcome ALREADY_RUNNING");
  }

  @Test
  void shouldReplaceAStaleRecordAndPassByATakenPort() throws Exception {
    try (ServerSocket stranger = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      ServerPorts taken = new ServerPorts(stranger.getLocalPort(), 1, 2);
      ProcessIdentity gone = new ProcessIdentity(ProcessHandle.current().pid(), "long ago");
      servers.files().create();
      new LastServer(taken, TemporalCli.PINNED).write(servers.files().last());
      new ServerRecord(taken, gone, gone, TemporalCli.PINNED, Instant.EPOCH)
          .write(servers.files().record());

      assertThat(servers.embedded().running()).isEmpty();
      ServerRecord running = servers.embedded().ensureRunning(TestServers.launcher());

      assertThat(running.ports().port()).isNotEqualTo(stranger.getLocalPort());
      assertThat(running.server()).isNotEqualTo(gone);
    }
  }

  @Test
  void shouldIgnoreTheTerminalWithoutSetsid() throws Exception {
    servers.with("PATH", "/nonexistent");

    ServerRecord running = servers.embedded().ensureRunning(TestServers.launcher());

    assertThat(ignored(running.supervisor())).isEqualTo(3);
    assertThat(servers.embedded().stop()).contains(running);
  }

  @Test
  void shouldEndWhenIdle() throws Exception {
    Process supervisor = servers.with(ServerMain.IDLE, "PT1.5S").foreground();
    ServerRecord running = servers.awaitRunning();

    assertThat(supervisor.waitFor()).isZero();

    assertThat(servers.files().supervisorLog()).content().contains("outcome IDLE");
    assertThat(servers.files().record()).doesNotExist();
    assertThat(running.server().isRunning()).isFalse();
  }

  @Test
  void shouldGiveUpOnAServerThatKeepsDying() throws Exception {
    Path broken =
        Scripts.sh(
            base.resolve("temporal"),
            "[ \"$1\" = --version ] && { " + Scripts.temporal("1.9.1") + "; exit; }\n"
                + "echo 'the disk is on fire'; exit 1");
    servers.with(TemporalCli.VARIABLE, broken.toString());

    assertThatThrownBy(() -> servers.embedded().ensureRunning(TestServers.launcher()))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("the embedded server did not start (exit code 3)")
        .hasMessageContaining("died more than 5 times within 60 s")
        .hasMessageContaining("the disk is on fire");
    assertThat(servers.files().record()).doesNotExist();
  }

  private static ServerPorts onPortOf(ServerRecord record) {
    return new ServerPorts(record.ports().port(), record.ports().uiPort(), 1);
  }

  private static ServerRecord elsewhere(ServerRecord record) {
    return new ServerRecord(
        new ServerPorts(1, 2, 3),
        record.server(),
        record.supervisor(),
        record.version(),
        record.startedAt());
  }

  /** Which of SIGHUP (1) and SIGINT (2) a process ignores; both where nothing tells. */
  private static long ignored(ProcessIdentity process) throws Exception {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.exists(status)) {
      return 3;
    }
    String mask =
        Files.readAllLines(status)
            .stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    return Long.parseUnsignedLong(mask.substring("SigIgn:".length()).strip(), 16) & 3;
  }

  private ServerTarget resolve() {
    Map<String, String> environment = Map.of("HOME", base.toString());
    StateDirectory state = new StateDirectory(base.resolve("state"));
    return new ServerResolver(environment, OperatingSystem.current(), state)
        .resolve(new ServerChoice.Unspecified(), TestServers.launcher());
  }

  /** Returns the run's id. */
  private String startWorkflow(ServerRecord record) throws Exception {
    ProgramRun run =
        servers.cli(
            record, "workflow", "start", "--type", "T", "--task-queue", "q", "-w", "w1");
    Matcher runId = Pattern.compile("RunId +(\\S+)").matcher(run.output());
    assertThat(runId.find()).as(run.output()).isTrue();
    return runId.group(1);
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  /** No socket of the server listens on anything but 127.0.0.1, as far as this machine can tell. */
  private static void assertLoopbackOnly(ServerRecord record) throws Exception {
    Path table = Path.of("/proc/net/tcp");
    if (!Files.exists(table)) {
      return;
    }
    String port = String.format(":%04X", record.ports().port());
    String uiPort = String.format(":%04X", record.ports().uiPort());
    List<String> listening =
        Files.readAllLines(table)
            .stream()
            .map(line -> line.strip().split("\\s+"))
            .filter(fields -> fields[3].equals("0A"))
            .map(fields -> fields[1])
            .filter(local -> local.endsWith(port) || local.endsWith(uiPort))
            .toList();
    assertThat(listening).hasSize(2).allMatch(local -> local.startsWith("0100007F"));
    assertThat(Duration.between(record.startedAt(), Instant.now())).isPositive();
  }
}
