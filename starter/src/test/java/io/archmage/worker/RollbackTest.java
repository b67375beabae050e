package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.fault.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of a run on the real server, in a real repository, when a task fails for good. */
@Timeout(120)
class RollbackTest {

  private static final String RETRIES = "max_retries: 0";
  private static final String KEEP = "error_handling: {" + RETRIES + "}\n";
  private static final String UNDO =
      "error_handling: {" + RETRIES + ", on_cascade_failure: {preserve_successful: false}}\n";

  /** A and K, then B, which needs A and fails, and L; then C, which needs B, and M. */
  private static final String STAGES =
      """
          execution: staged_parallel
          stages:
            - tasks:
                - {id: a, familiar: codex, outputs: [a.txt]}
                - {id: k, familiar: codex, outputs: [k.txt]}
            - tasks:
                - {id: b, familiar: codex, outputs: [b.txt], depends_on: [a]}
                - {id: l, familiar: codex, outputs: [l.txt], depends_on: [k]}
            - tasks:
                - {id: c, familiar: codex, outputs: [c.txt], depends_on: [b]}
                - {id: m, familiar: codex, outputs: [m.txt], depends_on: [k]}
          """;

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String queue = "archmage-test-" + UUID.randomUUID();
  private final String id = "run-" + UUID.randomUUID();
  private TestProject project;
  private TemporalProgram temporal;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    project = TestProject.make(folder.resolve("project"));
    temporal = new TemporalProgram(server.cli(), server.target(), folder);
    project.script("b", "echo broken >b.txt; exit 1");
    project.script("m", "ls >\"$SCRIPTS/../seen\"; echo m >m.txt");
  }

  private void start(String plan) throws Exception {
    Path file = Files.writeString(folder.resolve("plan.yaml"), plan);
    temporal.start(
        "Plan", queue, id, "--input-file", file.toString(), "--input-meta",
        "encoding=binary/plain");
  }

  private JsonNode failed() throws Exception {
    assertThat(temporal.result(id).path("status").asText()).isEqualTo("FAILED");
    assertThat(project.leftovers()).isEmpty();
    return new ObjectMapper()
        .readTree(project.git("cat-file", "-p", ref("report")));
  }

  private JsonNode run(String plan, String configuration) throws Exception {
    project.configure(configuration);
    try (ServingWorker worker = ServingWorker.start(server.client(), queue, project)) {
      assertThat(worker).isNotNull();
      start(plan);
      return failed();
    }
  }

  private String ref(String name) {
    return "refs/archmage/" + id + "/" + name;
  }

  private static List<String> statuses(JsonNode report) {
    return StreamSupport.stream(report.get("tasks").spliterator(), false)
        .map(task -> task.get("id").asText() + " " + task.get("status").asText())
        .toList();
  }

  private List<String> files() throws Exception {
    return project
        .git("ls-tree", "-r", "--name-only", "archmage/" + id)
        .lines()
        .filter(file -> file.matches("[a-z]\\.txt"))
        .toList();
  }

  private void assertCheckpoints(JsonNode report) throws Exception {
    JsonNode checkpoints = report.get("checkpoints");
    assertThat(checkpoints).hasSize(3);
    for (int n = 1; n <= 3; n++) {
      JsonNode checkpoint = checkpoints.get(n - 1);
      assertThat(checkpoint.get("n").asInt()).isEqualTo(n);
      assertThat(checkpoint.get("stage").asInt()).isEqualTo(n);
      assertThat(project.git("rev-parse", ref("checkpoints/" + n)))
          .isEqualTo(checkpoint.get("commit").asText());
    }
    assertThat(checkpoints.get(0).get("commit")).isEqualTo(report.get("base_commit"));
    assertThat(
        project.git("ls-tree", "--name-only", ref("checkpoints/2"), "a.txt", "k.txt").lines())
        .containsExactly("a.txt", "k.txt");
  }

  @Test
  void shouldKeepEverySuccessByDefault() throws Exception {
    JsonNode report = run(STAGES, KEEP);

    assertThat(report.get("status").asText()).isEqualTo("partial");
    assertThat(statuses(report))
        .containsExactly(
            "a succeeded", "k succeeded", "b failed", "l succeeded", "c skipped", "m succeeded");
    assertThat(files()).containsExactly("a.txt", "k.txt", "l.txt", "m.txt");
    assertThat(report.at("/metrics/rollback_count").asInt()).isZero();
    assertCheckpoints(report);
  }

  @Test
  void shouldUndoWhatServedOnlyTheFailedTask() throws Exception {
    JsonNode report = run(STAGES, UNDO);

    assertThat(report.get("status").asText()).isEqualTo("rolled_back");
    assertThat(statuses(report))
        .containsExactly(
            "a rolled_back", "k succeeded", "b failed", "l succeeded", "c skipped", "m succeeded");
    assertThat(files()).containsExactly("k.txt", "l.txt", "m.txt");
    assertThat(Files.readAllLines(project.root().resolve("seen")))
        .contains("k.txt", "l.txt")
        .doesNotContain("a.txt");
    assertThat(report.at("/metrics/rollback_count").asInt()).isEqualTo(1);
    assertThat(report.at("/tasks/0/because").asText()).startsWith("undone because b failed");
    assertThat(project.git("show", ref("attempts/a/1") + ":a.txt")).isEqualTo("a by codex");
    assertThat(report.at("/head_commit").asText())
        .isEqualTo(project.git("rev-parse", "archmage/" + id));
    assertThat(project.git("log", "--format=%s", "archmage/" + id).lines())
        .contains("a: undone because b failed");
    assertCheckpoints(report);
    assertThat(project.git("fsck", "--strict")).isEmpty();
  }

  @Test
  void shouldRestoreTheCheckpointWhenNothingOfTheSectionIsLeft() throws Exception {
    for (String part : List.of("auth", "user")) {
      project.write("src/" + part + "/old.txt", "old\n");
      project.script(part, "echo new >src/" + part + "/new.txt");
    }
    project.git("add", "-A");
    project.git("commit", "-q", "-m", "modules");
    project.script("join", "exit 1");

    JsonNode report =
        run(
            """
                tasks:
                  - {id: auth, familiar: codex, outputs: [src/auth/**]}
                  - {id: user, familiar: codex, outputs: [src/user/**]}
                  - {id: join, familiar: codex, outputs: [join.txt], depends_on: [auth, user]}
                """,
            UNDO);

    assertThat(report.get("status").asText()).isEqualTo("rolled_back");
    assertThat(statuses(report))
        .containsExactly("auth rolled_back", "user rolled_back", "join failed");
    assertThat(project.git("rev-parse", "archmage/" + id + "^{tree}"))
        .isEqualTo(project.git("rev-parse", ref("checkpoints/1") + "^{tree}"));
    assertThat(report.at("/checkpoints/0/stage").isNull()).isTrue();
  }

  @Test
  void shouldStopWhereASuccessStandsOnWhatWouldBeUndone() throws Exception {
    project.script("b", "until [ -e \"$SCRIPTS/../go\" ]; do sleep 0.05; done; exit 1");
    project.script("d", "echo more >>a.txt");
    project.script("after", "touch \"$SCRIPTS/../go\"");

    JsonNode report =
        run(
            """
                tasks:
                  - {id: a, familiar: codex, outputs: [a.txt]}
                  - {id: b, familiar: codex, outputs: [b.txt], depends_on: [a]}
                  - {id: d, familiar: codex, outputs: [a.txt]}
                  - {id: after, familiar: codex, outputs: [x.txt], depends_on: [d]}
                """,
            UNDO);

    assertThat(report.get("status").asText()).isEqualTo("partial");
    assertThat(statuses(report))
        .containsExactly("a succeeded", "b failed", "d succeeded", "after succeeded");
    assertThat(project.git("show", "archmage/" + id + ":a.txt")).isEqualTo("a by codex\nmore");
    assertThat(report.get("notes").toString())
        .contains("Not undone although b failed: a; undoing a does not fit")
        .contains("a.txt (", ": a and d)");
  }

  @ParameterizedTest
  @EnumSource(names = {"MERGE_COMMITTED", "HEAD_MOVED"})
  @Execution(ExecutionMode.CONCURRENT)
  void shouldEndARollbackInWhichTheWorkerWasKilled(Step step) throws Exception {
    project.configure(UNDO);
    Path steps = WorkerJvm.steps(project);
    project.script(
        "b",
        """
            until git -C %s cat-file -e archmage/%s:m.txt; do sleep 0.05; done
            mkdir -p %s; touch %s/stop-%s; exit 1
            """
            .formatted(project.repository(), id, steps, steps, step));
    try (WorkerJvm first = WorkerJvm.start(server.target(), queue, project)) {
      start(
          """
              tasks:
                - {id: a, familiar: codex, outputs: [a.txt]}
                - {id: b, familiar: codex, outputs: [b.txt], depends_on: [a]}
                - {id: m, familiar: codex, outputs: [m.txt]}
              """);
      Await.until("the rollback is at " + step, () -> StepControl.isAt(steps, step));
      first.kill();
    }
    assertThat(files().contains("a.txt")).isEqualTo(step == Step.MERGE_COMMITTED);
    try (WorkerJvm second = WorkerJvm.start(server.target(), queue, project)) {
      JsonNode report = failed();

      assertThat(report.get("status").asText()).isEqualTo("rolled_back");
      assertThat(second.log()).doesNotContain("Exception");
    }
    assertThat(files()).containsExactly("m.txt");
    assertThat(project.git("log", "--format=%s", "archmage/" + id).lines())
        .containsOnlyOnce("a: undone because b failed");
    assertThat(project.invocations()).containsExactlyInAnyOrder("a 1", "b 1", "m 1");
    assertThat(project.git("fsck", "--strict", "--no-dangling")).isEmpty();
    assertThat(project.processes()).isEmpty();
  }
}
