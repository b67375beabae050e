package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Familiars that remove what Archmage keeps beside their files. */
@Timeout(180)
class HostileFamiliarTest {

  private static final String PLAN =
      """
          {"tasks": [
            {"id": "everything", "familiar": "codex", "description": "a"},
            {"id": "notes", "familiar": "codex", "description": "b"},
            {"id": "journal", "familiar": "codex", "description": "c"},
            {"id": "run.json", "familiar": "codex", "description": "d"}]}
          """;

  @TempDir
  Path folder;

  @Test
  void shouldEndTheAttemptOnceAndKeepWhatIsLeft() throws Exception {
    DevServer server = DevServer.shared();
    String queue = "archmage-test-" + UUID.randomUUID();
    String id = "run-" + UUID.randomUUID();
    TestProject project =
        TestProject.make(folder)
            .configure("parallel_execution: {error_handling: {max_retries: 0}}\n")
            .script("everything", "rm -rf ../*\n")
            .script("notes", "echo kept >notes.txt\nfind .. -maxdepth 1 -type f -delete\n")
            .script("journal", "echo kept >journal.txt\nrm -rf \"${ARCHMAGE_PROMPT_FILE%/*}\"\n");
    Path plan = Files.writeString(folder.resolve("plan.json"), PLAN);
    try (ServingWorker worker = ServingWorker.start(server.client(), queue, project)) {
      TemporalProgram temporal = new TemporalProgram(server.cli(), server.target(), folder);
      temporal.start("Plan", queue, id, "--input-file", plan.toString());
      assertThat(temporal.result(id).path("status").asText()).isEqualTo("FAILED");
      assertThat(worker).isNotNull();
    }
    JsonNode report =
        new ObjectMapper().readTree(project.git("show", "refs/archmage/" + id + "/report"));
    List<String> ends = new ArrayList<>();
    report.get("tasks").forEach(task -> ends.add(task.get("status").asText()));
    assertThat(ends).containsExactly("failed", "succeeded", "failed", "succeeded");
    assertThat(project.invocations())
        .containsExactlyInAnyOrder("everything 1", "notes 1", "journal 1", "run.json 1");
    assertThat(project.git("for-each-ref", "--format=%(refname)", "refs/archmage"))
        .contains("/attempts/journal/1", "/attempts/notes/1");
    assertThat(project.leftovers()).isEmpty();
  }
}
