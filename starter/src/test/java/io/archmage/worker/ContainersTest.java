package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers as docker-compose.yml has them: a bare repository, a shared state, own process ids. */
@Timeout(180)
class ContainersTest {

  private static final List<String> UNSHARE = List.of("unshare", "--pid", "--fork", "--mount-proc");

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String queue = "archmage-test-" + UUID.randomUUID();
  private final String id = "run-" + UUID.randomUUID();
  private TestProject checkout;
  private TestProject project;
  private TemporalProgram temporal;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    checkout = TestProject.make(folder);
    project = checkout.bare();
    temporal = new TemporalProgram(server.cli(), server.target(), folder);
  }

  private void push() throws IOException, InterruptedException {
    checkout.git(
        "-c",
        "protocol.ext.allow=always",
        "push",
        "-q",
        "ext::env %S " + project.repository(),
        "HEAD:main");
  }

  private void start(String plan) throws Exception {
    temporal.start("Plan", queue, id, "--input", plan);
  }

  @Test
  void shouldPublishToABareRepositoryThatWasEmptyAtFirst() throws Exception {
    try (ServingWorker worker = ServingWorker.start(server.client(), queue, project)) {
      assertThat(worker).isNotNull();
      push();
      start(
          "{\"tasks\": [{\"id\": \"one\", \"familiar\": \"codex\"},"
              + " {\"id\": \"two\", \"familiar\": \"gemini\"}]}");

      JsonNode report = temporal.report(id);

      assertThat(report.get("published").get("how").asText()).isEqualTo("fast_forward");
      assertThat(report.get("repository").asText()).isEqualTo(project.repository().toString());
      assertThat(project.git("rev-parse", "main")).isEqualTo(report.get("head_commit").asText());
      assertThat(project.git("fsck", "--strict")).isEmpty();
      assertThat(project.leftovers()).isEmpty();
    }
    checkout.git(
        "-c",
        "protocol.ext.allow=always",
        "pull",
        "-q",
        "--ff-only",
        "ext::env %S " + project.repository(),
        "main");
    assertThat(checkout.repository().resolve("two.txt")).hasContent("two by gemini");
  }

  @Test
  void shouldSayThatNothingWasPushedYet() throws Exception {
    try (ServingWorker worker = ServingWorker.start(server.client(), queue, project)) {
      assertThat(worker).isNotNull();
      start("{\"tasks\": [{\"id\": \"one\", \"familiar\": \"codex\"}]}");

      assertThat(temporal.result(id).toString()).contains("has no commit yet");
    }
  }

  private static List<String> container() throws IOException, InterruptedException {
    List<String> alone = new ArrayList<>(UNSHARE);
    alone.add("true");
    List<String> prefix = new ArrayList<>(UNSHARE);
    if (Commands.tryRun(Path.of("/"), alone).code() != 0) {
      prefix.addAll(1, List.of("--user", "--map-current-user"));
      alone.addAll(1, List.of("--user", "--map-current-user"));
      assumeThat(Commands.tryRun(Path.of("/"), alone).code()).as("unshare works").isZero();
    }
    prefix.add("--kill-child");
    return prefix;
  }

  private WorkerJvm worker() throws IOException, InterruptedException {
    return WorkerJvm.start(container(), server.target(), queue, project, "--host", "shared");
  }

  @Test
  void shouldTakeOverFromAContainerThatWasKilled() throws Exception {
    push();
    project.configure(
        "error_handling: {on_failure: {max_retries: 1, retry_delay: 10}}\n");
    project.script(
        "one",
        """
            echo "$ARCHMAGE_ATTEMPT" >>notes.txt
            [ "$ARCHMAGE_ATTEMPT" = 2 ] || sleep 300
            """);
    try (WorkerJvm first = worker()) {
      start("{\"tasks\": [{\"id\": \"one\", \"familiar\": \"codex\"}]}");
      Await.until("the task is invoked", () -> project.invocations().contains("one 1"));
      first.kill();
      Await.until("its familiar is gone, too", () -> project.processes().isEmpty());
    }
    try (WorkerJvm second = worker()) {
      JsonNode report = temporal.report(id);

      assertThat(report.get("tasks").get(0).get("attempts").asInt()).isEqualTo(2);
      // What was cut off is there to go on with.
      assertThat(project.git("show", "main:notes.txt")).isEqualTo("1\n2");
      String lost = "refs/archmage/" + id + "/attempts/one/1";
      assertThat(project.git("show", lost + ":notes.txt")).isEqualTo("1");
      assertThat(project.leftovers()).isEmpty();
      assertThat(second.isAlive()).isTrue();
    }
    assertThat(project.processes()).isEmpty();
  }

  @Test
  void shouldLetTheOtherContainerGoOnWhileOneWorks() throws Exception {
    push();
    project.script("one", "until [ -e \"$SCRIPTS/../go\" ]; do sleep 0.05; done; echo 1 >1.txt\n");
    try (WorkerJvm first = worker(); WorkerJvm second = worker()) {
      start(
          "{\"tasks\": [{\"id\": \"one\", \"familiar\": \"codex\"},"
              + " {\"id\": \"two\", \"familiar\": \"codex\"}]}");
      Await.until(
          "both are invoked", () -> project.invocations().containsAll(List.of("one 1", "two 1")));
      Files.createFile(project.root().resolve("go"));

      assertThat(temporal.report(id).get("status").asText()).isEqualTo("completed");
      assertThat(first.isAlive() && second.isAlive()).isTrue();
    }
    assertThat(project.invocations()).hasSize(2);
  }
}
