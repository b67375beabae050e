package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.server.EmbeddedServer;
import io.archmage.server.ServerRecord;
import io.archmage.server.TestPorts;
import io.archmage.settings.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client's side of runs on a real server, with a workflow that only pretends. */
@Timeout(180)
class RunClientTest {

  private static final String QUEUE = "archmage-0123456789ab";

  @TempDir
  private static Path directory;
  private static final Map<String, String> ENVIRONMENT = new LinkedHashMap<>(System.getenv());
  private static EmbeddedServer server;
  private static TestWorker worker;
  private static String address;

  @BeforeAll
  static void startServer() throws IOException {
    Path state = directory.resolve("state");
    ENVIRONMENT.remove(Launcher.VARIABLE);
    ENVIRONMENT.put(StateDirectory.VARIABLE, state.toString());
    server = new EmbeddedServer(TestPorts.reserve(new StateDirectory(state)), ENVIRONMENT);
    ServerRecord record = server.ensureRunning(new Launcher(ENVIRONMENT).command());
    address = record.address();
    worker = new TestWorker(address, QUEUE, "00");
  }

  @AfterAll
  static void stopServer() {
    worker.close();
    server.stop();
  }

  @Test
  void shouldFollowARunToItsReport() throws IOException {
    CommandLineRun run = run("completed", "--run-id", "good");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("demo-1  completed  1 of 1 tasks succeeded\n");
    assertThat(run.out().lines()).last().asString().matches("Web UI     http://.*/workflows/good");
    assertThat(run.err())
        .contains("Run good\n", "temporal --address " + address, "task_started UI: stitch");
  }

  @Test
  void shouldEndWith1AndTheReportIfTasksFailed() throws IOException {
    CommandLineRun run = run("partial", "--json");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(Json.tree(run.out()).at("/tasks/1/because").asText()).isEqualTo("exit code 1");
    assertThat(archmage("list", "--json").out()).contains("\"status\" : \"partial\"");
  }

  @Test
  void shouldEndWith2IfTheWorkflowRefusesThePlan() throws IOException {
    CommandLineRun run = run("invalid");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .endsWith("p.yaml:2:3: It is wrong.\n    fix: Right it.\n1 problem in p.yaml\n");
  }

  @Test
  void shouldRefuseAnIdThatWasUsed() throws IOException {
    run("completed", "--run-id", "once");

    CommandLineRun again = run("completed", "--run-id", "once");

    assertThat(again.exitCode()).as(again.err()).isEqualTo(2);
    assertThat(again.err()).contains("There is a run once already.");
  }

  @Test
  void shouldLetGoOfADetachedRunAndCancelIt() throws IOException {
    CommandLineRun detached = run("never", "--detach", "--run-id", "long one");

    assertThat(detached.exitCode()).as(detached.err()).isZero();
    assertThat(detached.out()).isEqualTo("long one\n");
    assertThat(archmage("status", "long one").out()).contains("UI    stitch    running");
    assertThat(archmage("list").out()).containsPattern("long one +running");

    CommandLineRun cancelled = archmage("cancel", "long one");

    assertThat(cancelled.exitCode()).as(cancelled.err()).isZero();
    assertThat(cancelled.out()).startsWith("demo-1  cancelled");
    assertThat(archmage("report", "long one").out()).startsWith("demo-1  cancelled");
    assertThat(archmage("cancel", "long one").err()).contains("has ended already");
  }

  @Test
  void shouldShowEndedRunsFromTheirReports() throws IOException {
    run("partial", "--run-id", "shown");

    assertThat(archmage("status", "shown").out()).contains("2 tasks: 1 succeeded, 1 failed");
    assertThat(archmage("timeline", "shown").out()).contains("UI (stitch)");
    assertThat(archmage("report", "shown", "--format", "json").out())
        .contains("\"status\" : \"partial\"");
  }

  @Test
  void shouldFindTheLatestRunAndMissUnknownOnes() throws IOException {
    run("completed");

    assertThat(archmage("report", "latest").exitCode()).isZero();
    CommandLineRun missing = archmage("status", "no-such-run", "--json");
    assertThat(missing.exitCode()).as(missing.err()).isEqualTo(5);
    assertThat(Json.tree(missing.out()).at("/error/type").asText()).isEqualTo("NotFound");
  }

  @Test
  void shouldRefuseAWorkerWithAnotherConfiguration() throws IOException {
    try (TestWorker other = new TestWorker(address, "archmage-other", "abcd1234")) {
      assertThat(other).isNotNull();
      FixedEngine engine = FixedEngine.CONTENT.onQueue("archmage-other");

      CommandLineRun run = run(engine, "completed");

      assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
      assertThat(run.err())
          .contains("with another configuration (hash abcd1234, here 00)", "Stop it with 'kill ");
    }
  }

  private static CommandLineRun run(String end, String... more) throws IOException {
    return run(FixedEngine.CONTENT, end, more);
  }

  private static CommandLineRun run(FixedEngine engine, String end, String... more)
      throws IOException {
    Path plan = directory.resolve(end + ".json");
    Files.writeString(plan, "{\"end\": \"" + end + "\"}");
    String[] arguments = new String[more.length + 2];
    arguments[0] = "run";
    arguments[1] = plan.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return CommandLineRun.of(directory, ENVIRONMENT, engine, "", arguments);
  }

  private static CommandLineRun archmage(String... arguments) {
    return CommandLineRun.of(directory, ENVIRONMENT, FixedEngine.CONTENT, "", arguments);
  }
}
