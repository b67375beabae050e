package io.archmage.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerValuesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir
  Path base;

  @Test
  void shouldReadTheRecordItWrote() {
    ServerRecord record = record(ProcessIdentity.current());
    Path file = base.resolve("server.json");

    record.write(file);

    assertThat(ServerRecord.read(file)).contains(record);
    record.remove(file);
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldKeepTheRecordOfAnother() {
    Path file = base.resolve("server.json");
    record(ProcessIdentity.current()).write(file);

    record(new ProcessIdentity(1, "other")).remove(file);

    assertThat(file).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"port\": 7233}", "null"})
  void shouldTakeAnUnreadableRecordForNone(String content) throws Exception {
    Path file = Files.writeString(base.resolve("server.json"), content);

    assertThat(ServerRecord.read(file)).isEmpty();
    assertThat(LastServer.read(file)).isEmpty();
  }

  @Test
  void shouldTakeTheLastPortsAgainUnlessTheyAreTaken() throws Exception {
    ServerPorts last = new ServerPorts(free(), free(), free());

    assertThat(ServerPorts.choose(Optional.of(last))).isEqualTo(last);
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (ServerSocket taken = new ServerSocket(last.port(), 1, loopback)) {
      ServerPorts other = ServerPorts.choose(Optional.of(last));
      assertThat(other.port()).isNotEqualTo(taken.getLocalPort());
      assertThat(other.uiPort()).isEqualTo(last.uiPort());
    }
  }

  @Test
  void shouldPauseLongerAfterEachDeathAndGiveUp() {
    RestartBudget budget = new RestartBudget(3, Duration.ofMinutes(1));

    assertThat(budget.died(NOON)).contains(Duration.ofMillis(100));
    assertThat(budget.died(NOON.plusSeconds(1))).contains(Duration.ofMillis(200));
    assertThat(budget.died(NOON.plusSeconds(2))).contains(Duration.ofMillis(400));
    assertThat(budget.died(NOON.plusSeconds(3))).isEmpty();
  }

  @Test
  void shouldForgetDeathsOutsideTheWindow() {
    RestartBudget budget = new RestartBudget(1, Duration.ofMinutes(1));

    assertThat(budget.died(NOON)).isPresent();
    assertThat(budget.died(NOON.plusSeconds(61))).contains(Duration.ofMillis(100));
  }

  @Test
  void shouldCountCallsOfClientsOnly() {
    String metrics =
        "# TYPE service_requests counter\n"
            + requests("default", "ListWorkflowExecutions", "frontend", 2)
            + requests("default", "PollActivityTaskQueue", "frontend", 8)
            + requests("temporal_system", "StartWorkflowExecution", "frontend", 2)
            + requests("default", "StartWorkflowExecution", "history", 4)
            + requests("other", "StartWorkflowExecution", "frontend", 1);

    assertThat(ServerMetrics.clientRequests(metrics)).isEqualTo(3);
  }

  @Test
  void shouldRotateALogThatItsWriterKeepsOpen() throws Exception {
    LogFile log = new LogFile(base.resolve("server.log"));
    Files.writeString(log.path(), "12345");

    log.rotateBeyond(5);
    assertThat(base.resolve("server.log.1")).doesNotExist();
    log.rotateBeyond(4);

    assertThat(log.path()).isEmptyFile();
    assertThat(base.resolve("server.log.1")).hasContent("12345");
  }

  @Test
  void shouldShowTheEndOfALog() throws Exception {
    LogFile log = new LogFile(base.resolve("server.log"));
    assertThat(log.tail()).isEmpty();
    Files.writeString(log.path(), "x".repeat(20_000) + "\nlast\n");

    assertThat(log.tail()).endsWith("x\nlast");
  }

  @Test
  void shouldCopyTheDatabaseBeforeAnotherVersionOpensIt() throws Exception {
    Path database = Files.writeString(base.resolve("temporal.db"), "data");
    Files.writeString(base.resolve("temporal.db-wal"), "log");
    LastServer last = new LastServer(new ServerPorts(1, 2, 3), CliVersion.parse("1.8.0"));

    last.backUpBefore(CliVersion.parse("1.8.0"), database, note -> {});
    assertThat(base.resolve("temporal-1.8.0.db")).doesNotExist();
    last.backUpBefore(CliVersion.parse("1.9.1"), database, note -> {});

    assertThat(base.resolve("temporal-1.8.0.db")).hasContent("data");
    assertThat(base.resolve("temporal-1.8.0.db-wal")).hasContent("log");
  }

  @Test
  void shouldTellAProcessFromAnotherWithItsNumber() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    ProcessIdentity identity = ProcessIdentity.of(process.toHandle());

    assertThat(identity.isRunning()).isTrue();
    assertThat(new ProcessIdentity(identity.pid(), "before").isRunning()).isFalse();
    identity.stop(Duration.ofSeconds(5));
    assertThat(identity.isRunning()).isFalse();
  }

  @Test
  void shouldKillAProcessThatIgnoresTheRequest() throws Exception {
    Path ready = base.resolve("ready");
    Process process =
        new ProcessBuilder(
            "/bin/sh", "-c", "trap '' TERM; : > '" + ready + "'; while :; do sleep 1; done")
            .start();
    Poll.until(Duration.ofSeconds(10), Duration.ofMillis(10), () -> Files.exists(ready));

    ProcessIdentity.of(process.toHandle()).stop(Duration.ofMillis(100));

    assertThat(process.waitFor()).isEqualTo(137);
  }

  @Test
  void shouldLockOncePerFile() {
    Path file = base.resolve("lock");

    try (ServerLock first = ServerLock.tryAcquire(file).orElseThrow()) {
      assertThat(first).isNotNull();
      assertThat(ServerLock.tryAcquire(file)).isEmpty();
      assertThat(ServerLock.owner(file)).isEqualTo("this process");
    }
    ServerLock.tryAcquire(file).orElseThrow().close();
    assertThat(ServerLock.owner(file)).isEqualTo("pid " + ProcessHandle.current().pid());
  }

  @Test
  void shouldReadTheOption() {
    assertThat(ServerChoice.parse("embedded")).isEqualTo(new ServerChoice.Embedded());
    assertThat(ServerChoice.parse("h:1")).isEqualTo(new ServerChoice.Address("h:1"));
    assertThat(ServerChoice.parse("[::1]:7233")).isInstanceOf(ServerChoice.Address.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "h:", ":1", "h:0", "h:65536", "http://h:1", "h:1 "})
  void shouldRefuseWhatIsNoAddress(String value) {
    assertThatThrownBy(() -> ServerChoice.parse(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("embedded or HOST:PORT");
  }

  @Test
  void shouldIgnoreTheTerminalWhereThereIsNoSetsid() {
    assertThat(DetachedProcess.wrap(List.of("a", "b c"), Optional.of(Path.of("/bin/setsid"))))
        .containsExactly("/bin/setsid", "a", "b c");
    assertThat(DetachedProcess.wrap(List.of("a", "b c"), Optional.empty()))
        .containsExactly(
            "/bin/sh", "-c", "trap '' HUP INT; exec \"$@\"", "sh", "a", "b c");
  }

  private static ServerRecord record(ProcessIdentity server) {
    return new ServerRecord(
        new ServerPorts(7233, 8233, 9000),
        server,
        ProcessIdentity.current(),
        CliVersion.parse("1.9.1"),
        NOON);
  }

  private static String requests(String namespace, String operation, String service, int count) {
    return String.format(
        "service_requests{namespace=\"%s\",operation=\"%s\",service_name=\"%s\"} %d%n",
        namespace, operation, service, count);
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
