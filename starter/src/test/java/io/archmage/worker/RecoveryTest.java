package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Workers that are killed, stopped or told to cancel while familiars run. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(180)
class RecoveryTest {

  private static final String WAIT = "until [ -e \"$SCRIPTS/../go\" ]; do sleep 0.05; done\n";

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String queue = "archmage-test-" + UUID.randomUUID();
  private final String id = "run-" + UUID.randomUUID();
  private TestProject project;
  private TemporalProgram temporal;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    project = TestProject.make(folder.resolve("disturbed"));
    temporal = new TemporalProgram(server.cli(), server.target(), folder);
  }

  private void startStaged() throws Exception {
    temporal.start(
        "StagedParallel",
        queue,
        id,
        "--input-file",
        temporal.input("S0-03-pattern-b-staged.json").toString());
  }

  private WorkerJvm worker() throws IOException {
    return WorkerJvm.start(server.target(), queue, project);
  }

  private void awaitInvocation(String line) throws Exception {
    Await.until(line + " is invoked", () -> project.invocations().contains(line));
  }

  private String undisturbedTree() throws Exception {
    TestProject calm = TestProject.make(folder.resolve("calm"));
    String other = queue + "-calm";
    try (ServingWorker worker = ServingWorker.start(server.client(), other, calm)) {
      temporal.start(
          "StagedParallel",
          other,
          id + "-calm",
          "--input-file",
          temporal.input("S0-03-pattern-b-staged.json").toString());
      temporal.report(id + "-calm");
      assertThat(worker).isNotNull();
    }
    return calm.tree("main");
  }

  @Test
  void shouldGoOnWithALivingFamiliarAfterItsWorkerWasKilled() throws Exception {
    project.script("FE", WAIT + "echo FE by codex >FE.txt");
    try (WorkerJvm first = worker()) {
      startStaged();
      awaitInvocation("FE 1");
      first.kill();
    }
    try (WorkerJvm second = worker()) {
      Files.createFile(project.root().resolve("go"));
      JsonNode report = temporal.report(id);

      assertThat(report.get("status").asText()).isEqualTo("completed");
      assertThat(second.log()).doesNotContain("Exception");
    }
    assertThat(project.invocations())
        .containsExactlyInAnyOrder("UI 1", "BE 1", "FE 1", "Analysis 1", "Review 1");
    assertThat(project.tree("main")).isEqualTo(undisturbedTree());
    assertThat(project.leftovers()).isEmpty();
    assertThat(project.processes()).isEmpty();
    assertThat(project.git("fsck", "--strict")).isEmpty();
  }

  @Test
  void shouldGoOnInTheMiddleOfAPipeline() throws Exception {
    project.script("1-analyze", "echo the findings");
    project.script("2-fix", WAIT + "cat \"$ARCHMAGE_INPUT_DIR/findings\"; echo are fixed");
    project.script("3-verify", "cat \"$ARCHMAGE_INPUT_DIR/fixed_code\"; echo and verified");
    try (WorkerJvm first = worker()) {
      temporal.start(
          "Pipeline",
          queue,
          id,
          "--input-file",
          temporal.input("S0-04-pattern-c-pipeline.json").toString());
      awaitInvocation("2-fix 1");
      first.kill();
    }
    try (WorkerJvm second = worker()) {
      Files.createFile(project.root().resolve("go"));
      JsonNode report = temporal.report(id);

      assertThat(report.get("output").asText())
          .isEqualTo("the findings\nare fixed\nand verified\n");
      assertThat(second.log()).doesNotContain("Exception");
    }
    assertThat(project.invocations()).containsExactly("1-analyze 1", "2-fix 1", "3-verify 1");
    assertThat(project.leftovers()).isEmpty();
    assertThat(project.processes()).isEmpty();
  }

  @Test
  void shouldTakeTheResultOfAFamiliarThatEndedWithoutAWorker() throws Exception {
    project.script("FE", WAIT + "echo FE by codex >FE.txt; touch \"$SCRIPTS/../ended\"");
    try (WorkerJvm first = worker()) {
      startStaged();
      awaitInvocation("FE 1");
      first.kill();
    }
    Files.createFile(project.root().resolve("go"));
    Await.until("FE has ended", () -> Files.exists(project.root().resolve("ended")));
    try (WorkerJvm second = worker()) {
      assertThat(temporal.report(id).get("status").asText()).isEqualTo("completed");
      assertThat(second.terminate()).isNotNegative();
    }
    assertThat(project.invocations()).filteredOn(line -> line.startsWith("FE")).hasSize(1);
    assertThat(project.tree("main")).isEqualTo(undisturbedTree());
  }

  @Test
  void shouldLetGoOfFamiliarsWhenItIsStopped() throws Exception {
    project.script("FE", WAIT + "echo FE by codex >FE.txt");
    try (WorkerJvm first = worker()) {
      startStaged();
      awaitInvocation("FE 1");
      first.terminate();
    }
    assertThat(project.processes()).isNotEmpty();
    try (WorkerJvm second = worker()) {
      Files.createFile(project.root().resolve("go"));
      assertThat(temporal.report(id).get("tasks").get(2).get("attempts").asInt()).isEqualTo(1);
      assertThat(second).isNotNull();
    }
    assertThat(project.invocations()).filteredOn(line -> line.startsWith("FE")).hasSize(1);
    assertThat(project.processes()).isEmpty();
  }

  @Test
  void shouldLeaveNothingRunningAfterACancel() throws Exception {
    project.script("UI", "echo begun >UI.txt; sleep 1000");
    project.script("BE", "trap '' TERM; echo begun >BE.txt; while :; do sleep 1000; done");
    try (WorkerJvm worker = worker()) {
      startStaged();
      awaitInvocation("UI 1");
      awaitInvocation("BE 1");
      Await.until("both wrote", () -> project.processes().size() > 2);
      temporal.workflow("cancel", "--workflow-id", id);
      JsonNode end = temporal.result(id);

      assertThat(end.path("status").asText()).isEqualTo("CANCELED");
      assertThat(worker).isNotNull();
      assertThat(project.leftovers()).isEmpty();
    }
    assertThat(project.processes()).isEmpty();
    assertThat(project.git("show", "refs/archmage/" + id + "/attempts/%55%49/1:UI.txt"))
        .isEqualTo("begun");
    assertThat(project.git("rev-parse", "main"))
        .isEqualTo(project.git("rev-parse", "archmage/" + id));
  }

  @Test
  void shouldTidyUpAfterATerminatedRun() throws Exception {
    project.script("UI", "echo begun >UI.txt; sleep 1000");
    try (WorkerJvm worker = worker()) {
      startStaged();
      awaitInvocation("UI 1");
      Await.until("it wrote", () -> !project.processes().isEmpty());
      temporal.workflow("terminate", "--workflow-id", id);
      Await.until("the run's folder is gone", () -> project.leftovers().isEmpty());
      assertThat(worker).isNotNull();
    }
    assertThat(project.processes()).isEmpty();
    assertThat(project.git("show", "refs/archmage/" + id + "/attempts/%55%49/1:UI.txt"))
        .isEqualTo("begun");
  }
}
