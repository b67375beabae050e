package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.archmage.durable.WorkflowNames;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Merges that only move the run's branch: the engine keeps them, but hands them to nobody. */
@Timeout(120)
class MomentaryStepTest {

  private static final Map<String, Object> CHAIN =
      Map.of("tasks", List.of(task("a"), task("b", "a"), task("c", "b")));

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String queue = "archmage-test-" + UUID.randomUUID();

  private static Map<String, Object> task(String id, String... needs) {
    return Map.of("id", id, "familiar", "codex", "depends_on", List.of(needs));
  }

  @Test
  void shouldBeLocalWhereTheRunIsOnTheQueueOfItsRepository() throws Exception {
    TestProject project = TestProject.make(folder);
    for (String task : List.of("a", "b", "c")) {
      project.script(task, "echo more >>\"$ARCHMAGE_TASK_ID.txt\"");
    }
    String own = WorkflowNames.repositoryQueue(queue, project.load().project().id());
    try (ServingWorker worker = ServingWorker.start(server.client(), queue, project)) {
      assertThat(worker).isNotNull();

      assertThat(merges(own)).isEqualTo(List.of(0L, 3L));
      assertThat(merges(queue)).isEqualTo(List.of(3L, 0L));
    }
    assertThat(project.git("log", "--format=%s", "main").lines())
        .containsExactly("c: c", "b: b", "a: a", "c: c", "b: b", "a: a", "first");
  }

  /** How many merges of a chain were activities, and how many were local ones. */
  private List<Long> merges(String taskQueue) throws Exception {
    String id = "run-" + UUID.randomUUID();
    WorkflowStub run =
        server
            .client()
            .newUntypedWorkflowStub(
                "Plan",
                WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(taskQueue).build());
    run.start(CHAIN);
    JsonNode result = run.getResult(60, TimeUnit.SECONDS, JsonNode.class);
    assertThat(result.path("status").asText()).isEqualTo("completed");
    List<HistoryEvent> events = server.client().fetchHistory(id).getEvents();
    return List.of(
        events.stream()
            .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
            .map(event -> event.getActivityTaskScheduledEventAttributes().getActivityType())
            .filter(type -> type.getName().equals("integrate"))
            .count(),
        events.stream()
            .filter(HistoryEvent::hasMarkerRecordedEventAttributes)
            .map(event -> event.getMarkerRecordedEventAttributes().getMarkerName())
            .filter("LocalActivity"::equals)
            .count());
  }
}
