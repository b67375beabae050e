package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plans started by the plain {@code temporal} program: real server, real git, real processes. */
@Timeout(120)
class RunByTemporalCliTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String queue = "archmage-test-" + UUID.randomUUID();
  private TestProject project;
  private ServingWorker worker;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    project = TestProject.make(folder);
    worker = ServingWorker.start(server.client(), queue, project);
  }

  @AfterEach
  void end() throws InterruptedException {
    worker.close();
  }

  private Commands.Result execute(String type, String id, String... input)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(server.cli(), "workflow", "execute", "--address", server.target(), "-o",
                "json"));
    command.addAll(List.of("--type", type, "--task-queue", queue, "--workflow-id", id));
    command.addAll(List.of(input));
    return Commands.tryRun(folder, command);
  }

  private JsonNode report(Commands.Result result) throws IOException {
    JsonNode node = JSON.readTree(result.output().substring(result.output().indexOf('{')));
    assertThat(result.code()).as(result.output()).isZero();
    return node.get("result");
  }

  private Path input(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, getClass().getResourceAsStream("/plans/" + name).readAllBytes());
    return file;
  }

  @Test
  void shouldRunATaskListWithDependencies() throws Exception {
    JsonNode report =
        report(
            execute(
                "Plan",
                "run-" + UUID.randomUUID(),
                "--input-file",
                input("S0-01-dependency-detection.json").toString()));

    assertThat(report.get("status").asText()).isEqualTo("completed");
    assertThat(report.get("tasks").findValuesAsText("id")).startsWith("T1", "T2", "T3");
    assertThat(project.git("ls-tree", "-r", "--name-only", report.get("head_commit").asText()))
        .contains("components/Button.tsx", "pages/Login.tsx", "api/auth.ts");
    assertThat(project.git("rev-parse", report.get("branch").asText()))
        .isEqualTo(report.get("head_commit").asText());
    assertThat(report.get("published").get("how").asText())
        .as(report.get("published").toString())
        .isEqualTo("fast_forward");
    assertThat(project.git("rev-parse", "main")).isEqualTo(report.get("head_commit").asText());
    assertThat(project.git("status", "--porcelain")).isEmpty();
    assertThat(project.leftovers()).isEmpty();
    assertThat(project.invocations()).hasSize(3);
  }
}
