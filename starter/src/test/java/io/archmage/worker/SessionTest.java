package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A familiar whose supervisor and worker are killed, as with their machine. */
@Timeout(180)
class SessionTest {

  private static final String PLAN =
      "{\"tasks\": [{\"id\": \"long\", \"familiar\": \"poet\", \"description\": \"a\"}]}";

  private static final String BEGIN =
      """
          echo begun >>"$ROOT/invocations"
          echo '{"session_id": "0198c5f2"}' >"$ARCHMAGE_RESULT_FILE"
          echo "the first half" >poem.txt
          pwd >"$ROOT/place"
          touch "$ROOT/half"
          sleep 600
          """;

  private static final String RESUME =
      """
          echo "resumed $1" >>"$ROOT/invocations"
          pwd | diff - "$ROOT/place"
          echo "the second half" >>poem.txt
          """;

  @TempDir
  Path folder;

  @Test
  void shouldGoOnWithItsSessionWhereItWas() throws Exception {
    DevServer server = DevServer.shared();
    String queue = "archmage-test-" + UUID.randomUUID();
    String id = "run-" + UUID.randomUUID();
    TestProject project = TestProject.make(folder.resolve("project"));
    Path begin = Files.writeString(project.root().resolve("begin.sh"), BEGIN);
    Path resume = Files.writeString(project.root().resolve("resume.sh"), RESUME);
    Files.writeString(
        project.configuration(),
        """
            familiars:
              poet:
                command: [sh, -eu, %s]
                resume: [sh, -eu, %s, "{session_id}"]
                env: {ROOT: %s}
            error_handling: {max_retries: 1, on_failure: {retry_delay: 50}}
            """
            .formatted(begin, resume, project.root()));
    TemporalProgram temporal = new TemporalProgram(server.cli(), server.target(), folder);
    Path plan = Files.writeString(folder.resolve("plan.json"), PLAN);
    try (WorkerJvm worker = WorkerJvm.start(server.target(), queue, project)) {
      temporal.start("Plan", queue, id, "--input-file", plan.toString());
      Await.until("half is done", () -> Files.exists(project.root().resolve("half")));
      worker.kill();
      supervisor(project).destroyForcibly();
    }
    try (WorkerJvm worker = WorkerJvm.start(server.target(), queue, project)) {
      JsonNode report = temporal.report(id);

      JsonNode task = report.get("tasks").get(0);
      assertThat(report.get("status").asText()).isEqualTo("completed");
      assertThat(task.get("attempts").asInt()).isEqualTo(2);
      assertThat(task.get("session_id").asText()).isEqualTo("0198c5f2");
      assertThat(worker.log()).doesNotContain("Exception");
    }
    assertThat(project.invocations()).containsExactly("begun", "resumed 0198c5f2");
    assertThat(project.git("show", "main:poem.txt")).isEqualTo("the first half\nthe second half");
    assertThat(project.leftovers()).isEmpty();
    assertThat(project.processes()).isEmpty();
  }

  private static ProcessHandle supervisor(TestProject project) throws IOException {
    try (Stream<Path> files = Files.walk(project.state().path().resolve("repos"))) {
      Path claim =
          files.filter(path -> path.endsWith("journal/claim")).findFirst().orElseThrow();
      return ProcessHandle.of(Long.parseLong(Files.readString(claim).split(" ")[0])).orElseThrow();
    }
  }
}
