package io.archmage.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.e2e.Workshop.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class CommandLineEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  private static Path directory;
  private static Workshop workshop;

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    workshop = new Workshop(directory);
  }

  @AfterAll
  static void close() throws IOException {
    workshop.close();
  }

  @Test
  void shouldRunDependentTasksInOrderAndPublish() throws Exception {
    JsonNode report = completed("dependencies.json");

    assertThat(time(report, "T2", "started_at"))
        .isAfterOrEqualTo(time(report, "T1", "integrated_at"));
    assertThat(time(report, "T3", "ready_at")).isEqualTo(time(report, "T1", "ready_at"));
    assertThat(time(report, "T2", "ready_at")).isAfter(time(report, "T1", "ready_at"));
  }

  @Test
  void shouldHoldNoIndependentTaskBack() throws Exception {
    JsonNode report = completed("independent.json");

    assertThat(time(report, "C", "ready_at")).isEqualTo(time(report, "A", "ready_at"));
  }

  @Test
  void shouldRunStagesOneAfterAnother() throws Exception {
    JsonNode report = completed("staged.json");

    assertThat(report.path("execution").asText()).isEqualTo("staged_parallel");
    for (String first : List.of("UI", "BE")) {
      assertThat(time(report, "FE", "started_at"))
          .isAfterOrEqualTo(time(report, first, "integrated_at"));
    }
    assertThat(time(report, "Review", "started_at"))
        .isAfterOrEqualTo(time(report, "FE", "integrated_at"));
  }

  @Test
  void shouldPublishLaterWhatWasLeft() throws Exception {
    Path plan =
        workshop.plan("later.yaml", "tasks:\n  - {id: published-later, familiar: codex}\n");
    Outcome run = workshop.run(plan, "--run-id", "later-1", "--no-publish");
    assertThat(run.exitCode()).as(run.err()).isZero();
    String before = workshop.git("rev-parse", "main");
    assertThat(workshop.git("rev-parse", "archmage/later-1")).isNotEqualTo(before);

    Outcome published = workshop.archmage("publish", "later-1");

    assertThat(published.exitCode()).as(published.err()).isZero();
    assertThat(published.out()).startsWith("Published to main at ");
    assertThat(workshop.git("show", "main:published-later.txt"))
        .isEqualTo("codex did published-later");
    assertThat(workshop.archmage("publish", "no-such-run").exitCode()).isEqualTo(5);
  }

  @Test
  void shouldRunAPlanThatIsTooLargeForAHistory() throws Exception {
    StringBuilder text = new StringBuilder("tasks:\n");
    for (int task = 0; task < 4; task++) {
      text.append("  - {id: large").append(task).append(", familiar: codex, description: ");
      text.append("word ".repeat(20_000)).append("}\n");
    }

    Outcome run =
        workshop.run(workshop.plan("large.yaml", text.toString()), "--run-id", "large-1");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(workshop.git("show", "archmage/large-1:large3.txt")).isEqualTo("codex did large3");
  }

  @Test
  void shouldEndWith1AndKeepWhatSucceeded() throws Exception {
    Path plan =
        workshop.plan(
            "partial.yaml",
            """
                tasks:
                  - {id: fine, familiar: codex}
                  - {id: broken, familiar: codex}
                  - {id: after, familiar: codex, depends_on: [broken]}
                """);

    Outcome run = workshop.run(plan, "--run-id", "partial-1");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(run.out())
        .contains("partial-1  partial  1 of 3 tasks succeeded", "| this one never works")
        .contains("after skipped: needs broken, which failed");
    assertThat(run.err()).contains("task_failed broken");
    assertThat(workshop.git("show", "archmage/partial-1:fine.txt")).isEqualTo("codex did fine");
  }

  @Test
  void shouldGoOnAfterCtrlC() throws Exception {
    Workshop.Running run =
        workshop.start(workshop.runArguments(gated("ctrl-c"), "--run-id", "ctrl-c"));
    run.awaitMessage("task_started gated-ctrl-c");

    new ProcessBuilder("kill", "-INT", Long.toString(run.process().pid())).start().waitFor();
    Outcome interrupted = run.await();

    assertThat(interrupted.exitCode()).as(interrupted.err()).isEqualTo(130);
    assertThat(interrupted.err()).contains("The run goes on.", "status ctrl-c", "cancel ctrl-c");
    assertThat(workshop.archmage("status", "ctrl-c").out()).contains("gated-ctrl-c", "running");

    Outcome cancelled = workshop.archmage("cancel", "ctrl-c");

    assertThat(cancelled.exitCode()).as(cancelled.err()).isZero();
    assertThat(cancelled.out()).startsWith("ctrl-c  cancelled");
  }

  @Test
  void shouldReplaceAnIdleWorkerWhenTheConfigurationHasChanged() throws Exception {
    Path plan = workshop.plan("again.yaml", "tasks: [{id: again, familiar: codex}]\n");
    assertThat(workshop.run(plan).exitCode()).isZero();
    List<ProcessHandle> before = workshop.workers();
    Path configuration = workshop.configurationFile();
    String text = Files.readString(configuration);
    try {
      Files.writeString(configuration, text + "  concurrency: {max_parallel: 2}\n");

      Outcome run = workshop.run(plan);

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.err()).contains("replacing the worker, which is idle");
      assertThat(before).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    } finally {
      Files.writeString(configuration, text);
    }
  }

  @Test
  void shouldDetachAndAnswerWithoutAWorker() throws Exception {
    Outcome detached = workshop.run(gated("detached"), "--detach", "--json");
    assertThat(detached.exitCode()).as(detached.err()).isZero();
    String id = JSON.readTree(detached.out()).path("run_id").asText();
    assertThat(id).startsWith("detached-");
    Workshop.await(
        () -> "the start of " + id, () -> statusOf(id).contains("\"status\" : \"running\""));

    workshop.workers().forEach(ProcessHandle::destroyForcibly);
    Workshop.await(() -> "the worker's end", () -> workshop.workers().isEmpty());
    Outcome status = workshop.archmage("status", id);

    assertThat(status.exitCode()).as(status.err()).isZero();
    assertThat(status.out()).contains("gated-detached", "running");
    assertThat(workshop.archmage("list").out()).contains(id);
    Outcome cancel = workshop.archmage("cancel", id);
    assertThat(cancel.exitCode()).isEqualTo(3);
    assertThat(cancel.err()).contains(" worker --repo " + workshop.repository());
  }

  @Test
  void shouldAskForApprovalOfTheRepositorysOwnCommands() throws Exception {
    Path plan = workshop.plan("own.yaml", "tasks: [{id: own, familiar: codex}]\n");

    Outcome refused = workshop.archmage("run", plan.toString(), "--no-input");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("nobody has approved", "--trust");

    Outcome trusted = workshop.archmage("run", plan.toString(), "--trust");
    assertThat(trusted.exitCode()).as(trusted.err()).isZero();
  }

  private static JsonNode completed(String resource) throws Exception {
    Path plan = workshop.plan(resource, Workshop.resource(resource));
    Outcome run = workshop.run(plan, "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode report = JSON.readTree(run.out());
    assertThat(report.path("status").asText()).isEqualTo("completed");
    assertThat(report.path("published").path("branch").asText()).isEqualTo("main");
    for (JsonNode task : report.path("tasks")) {
      String id = task.path("id").asText();
      assertThat(task.path("status").asText()).as(id).isEqualTo("succeeded");
      assertThat(Files.readString(workshop.repository().resolve(id + ".txt"))).contains(id);
    }
    assertThat(workshop.git("status", "--porcelain")).isEmpty();
    return report;
  }

  private static Path gated(String name) throws IOException {
    return workshop.plan(
        name + ".yaml", "tasks: [{id: gated-" + name + ", familiar: codex}]\n");
  }

  private static String statusOf(String id) {
    try {
      return workshop.archmage("status", id, "--json").out();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static JsonNode task(JsonNode report, String id) {
    for (JsonNode task : report.path("tasks")) {
      if (task.path("id").asText().equals(id)) {
        return task;
      }
    }
    throw new AssertionError("no task " + id);
  }

  private static Instant time(JsonNode report, String task, String key) {
    return Instant.parse(task(report, task).path(key).asText());
  }
}
