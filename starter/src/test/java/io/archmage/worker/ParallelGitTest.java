package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.history.v1.HistoryEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that begin and end at the same instant, and do with git what agents do. */
@Timeout(120)
class ParallelGitTest {

  private static final int TASKS = 8;

  /** All wait for all, twice, so that workspaces are prepared and snapshots taken together. */
  private static final String TOGETHER =
      """
          together() {
            : >"$SCRIPTS/../$1-$ARCHMAGE_TASK_ID"
            until [ "$(ls "$SCRIPTS/.." | grep -c "^$1-")" = %d ]; do sleep 0.05; done
          }
          together begun
          git config user.name Agent
          git config user.email agent@localhost
          git config core.abbrev 12
          echo "$ARCHMAGE_TASK_ID" >"$ARCHMAGE_TASK_ID.txt"
          git add -A
          git commit -q -m mine
          echo more >>"$ARCHMAGE_TASK_ID.txt"
          git stash -q
          git stash pop -q
          together done
          """
          .formatted(TASKS);

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String queue = "archmage-test-" + UUID.randomUUID();
  private final String id = "run-" + UUID.randomUUID();

  @Test
  void shouldNeverRaceOnLocksOfGit() throws Exception {
    TestProject project = TestProject.make(folder.resolve("project"));
    project
        .configure("concurrency: {max_parallel: 8, per_familiar: {codex: {max_instances: 8}}}\n");
    StringBuilder plan = new StringBuilder("tasks:\n");
    for (int task = 1; task <= TASKS; task++) {
      project.script("t" + task, TOGETHER);
      plan.append("  - {id: t").append(task).append(", familiar: codex}\n");
    }
    TemporalProgram temporal = new TemporalProgram(server.cli(), server.target(), folder);
    Path file = Files.writeString(folder.resolve("plan.yaml"), plan);
    try (ServingWorker worker = ServingWorker.start(server.client(), queue, project)) {
      assertThat(worker).isNotNull();
      temporal.start(
          "Plan",
          queue,
          id,
          "--input-file",
          file.toString(),
          "--input-meta",
          "encoding=binary/plain");

      JsonNode report = temporal.report(id);

      assertThat(report.path("status").asText()).isEqualTo("completed");
    }
    assertThat(project.invocations()).hasSize(TASKS).allMatch(line -> line.endsWith(" 1"));
    assertThat(project.git("ls-tree", "--name-only", "main", "t1.txt", "t8.txt").lines())
        .containsExactly("t1.txt", "t8.txt");
    for (HistoryEvent event : server.client().fetchHistory(id).getEvents()) {
      assertThat(event.getActivityTaskStartedEventAttributes().getAttempt())
          .as("tries of an activity; another one would follow a lost race")
          .isLessThanOrEqualTo(1);
    }
    assertThat(project.git("config", "--local", "--get-regexp", "user.name"))
        .isEqualTo("user.name A User");
    assertThat(project.git("stash", "list")).isEmpty();
    assertThat(project.leftovers()).isEmpty();
  }
}
