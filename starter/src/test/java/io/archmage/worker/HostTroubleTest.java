package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines in trouble: a disk that is full or read-only for a while, a repository that is packed. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(180)
class HostTroubleTest {

  /** Puts the state on a disk of its own, which gets into trouble when told and out of it again. */
  private static final String DISK =
      """
          mkdir -p "$1/state/repos" && mount -t tmpfs -o size=24m none "$1/state/repos" || exit 9
          root=$1 trouble=$2 relief=$3
          shift 3
          (
            until [ -e "$root/begin" ]; do sleep 0.05 && kill -0 $$ || exit; done
            cd "$root/state/repos" && eval "$trouble"
            touch "$root/begun"
            until [ -e "$root/finish" ]; do sleep 0.05 && kill -0 $$ || exit; done
            eval "$relief"
          ) >/dev/null 2>&1 &
          exec "$@"
          """;

  @TempDir
  private Path folder;
  private final DevServer server = DevServer.shared();
  private final String queue = "archmage-test-" + UUID.randomUUID();
  private final String id = "run-" + UUID.randomUUID();
  private TestProject project;
  private TemporalProgram temporal;

  @BeforeEach
  void begin() throws Exception {
    project = TestProject.make(folder);
    temporal = new TemporalProgram(server.cli(), server.target(), folder);
  }

  private static boolean hasMountNamespaces() throws Exception {
    return new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt")
        .start()
        .waitFor() == 0;
  }

  @ParameterizedTest
  @CsvSource({
    "head -c 100000000 /dev/zero >fill, rm -f fill, No space left on device",
    "'until mount -o remount,ro .; do sleep 0.05; done', 'mount -o remount,rw .', Read-only file system"
  })
  void shouldWaitUntilTheDiskCanBeWritten(String trouble, String relief, String said)
      throws Exception {
    assumeTrue(hasMountNamespaces(), "this machine allows no mount namespaces");
    String before = project.git("rev-parse", "main");
    List<String> prefix =
        List.of(
            "unshare", "-rm", "sh", "-c", DISK, "sh", folder.toString(), trouble, relief);
    try (WorkerJvm worker = WorkerJvm.start(prefix, server.target(), queue, project)) {
      ServerPollers pollers = new ServerPollers(server.client());
      Await.until("the worker polls", () -> pollers.serve(queue));
      Files.createFile(folder.resolve("begin"));
      Await.until("the disk is in trouble", () -> Files.exists(folder.resolve("begun")));
      temporal.start(
          "Plan", queue, id, "--input", "{\"tasks\": [{\"id\": \"a\", \"familiar\": \"codex\"}]}");
      Await.until(
          "the run says why it waits",
          () -> temporal.workflow("describe", "--workflow-id", id).output().contains(said));
      assertThat(project.git("rev-parse", "main")).isEqualTo(before);
      Files.createFile(folder.resolve("finish"));

      JsonNode report = temporal.report(id);

      assertThat(report.path("status").asText()).isEqualTo("completed");
      assertThat(worker.isAlive()).isTrue();
    }
    assertThat(project.invocations()).containsExactly("a 1");
    assertThat(project.git("show", "main:a.txt")).isEqualTo("a by codex");
    assertThat(project.git("fsck", "--strict", "--no-dangling")).isEmpty();
  }

  @Test
  void shouldNotMindThatTheUserPacksMeanwhile() throws Exception {
    String pack =
        """
            echo $ARCHMAGE_TASK_ID >$ARCHMAGE_TASK_ID.txt
            cd "$SCRIPTS/../repository"
            git gc -q || true
            """;
    for (String task : List.of("a", "b", "c", "d")) {
      project.script(task, pack);
    }
    try (ServingWorker worker = ServingWorker.start(server.client(), queue, project)) {
      assertThat(worker).isNotNull();
      temporal.start(
          "Plan",
          queue,
          id,
          "--input",
          """
              {"tasks": [
                {"id": "a", "familiar": "codex"}, {"id": "b", "familiar": "stitch"},
                {"id": "c", "familiar": "codex", "depends_on": ["a"]},
                {"id": "d", "familiar": "gemini", "depends_on": ["b", "c"]}]}
              """);

      assertThat(temporal.report(id).path("status").asText()).isEqualTo("completed");
    }
    assertThat(project.git("ls-tree", "--name-only", "main").lines())
        .contains("a.txt", "b.txt", "c.txt", "d.txt");
    assertThat(project.invocations()).hasSize(4);
    assertThat(project.git("fsck", "--strict", "--no-dangling")).isEmpty();
  }
}
