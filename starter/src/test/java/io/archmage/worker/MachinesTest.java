package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three machines share runs; one of them dies, or stands still and comes back too late. */
@Execution(ExecutionMode.CONCURRENT)
class MachinesTest {

  private static final List<String> NAMES = List.of("ma", "mb", "mc");

  private static final List<String> HELD =
      IntStream.rangeClosed(1, 6).mapToObj(number -> "t" + number).toList();

  /** Writes a part, waits until the test lets its run go on, and writes the rest. */
  private static final String SCRIPT =
      """
          if [ -f "$ARCHMAGE_TASK_ID.part" ]; then
            cp "$ARCHMAGE_PROMPT_FILE" "$SCRIPTS/../continued-$ARCHMAGE_TASK_ID"
          fi
          echo part >"$ARCHMAGE_TASK_ID.part"
          while [ ! -f "$SCRIPTS/../go-$ARCHMAGE_RUN_ID" ]; do sleep 0.05; done
          echo whole >"$ARCHMAGE_TASK_ID.txt"
          """;

  /** A stopped worker still takes tasks for a while, each of which costs a heartbeat timeout. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir
  private Path folder;

  private static Map<String, Object> task(String id, List<String> needs) {
    return Map.of("id", id, "familiar", "codex", "depends_on", needs);
  }

  /** One task, some side by side that the test holds, and one that needs them all. */
  private static Map<String, Object> plan() {
    List<Map<String, Object>> tasks = new ArrayList<>();
    tasks.add(task("first", List.of()));
    HELD.forEach(id -> tasks.add(task(id, List.of("first"))));
    tasks.add(task("last", HELD));
    return Map.of("tasks", tasks);
  }

  /** How machines reach the repository that they share. */
  enum Transport {
    FILES, DAEMON
  }

  @ParameterizedTest
  @EnumSource
  void shouldGoOnWhenAMachineDies(Transport transport) throws Exception {
    String suffix = transport.name().toLowerCase(Locale.ROOT);
    String calm = "calm-" + suffix;
    String hurt = "hurt-" + suffix;
    try (Machines machines = new Machines(folder);
        GitDaemon daemon = new GitDaemon(folder)) {
      for (String id : HELD) {
        machines.origin().script(id, SCRIPT);
      }
      String url =
          switch (transport) {
            case FILES -> "file://" + machines.bare().repository();
            case DAEMON -> daemon.url("project.git");
          };
      for (String name : NAMES) {
        machines.start(name, url);
      }
      Map<String, Object> options = Map.of("publish", "never");
      letGo(machines, calm);
      machines.report(machines.run(calm, plan(), options), calm);
      int before = machines.origin().invocations().size();

      WorkflowStub run = machines.run(hurt, plan(), options);
      String victim = awaitAllHeld(machines, hurt);
      List<String> lost = machines.tasksOn(victim, 1);
      awaitPushed(machines, hurt, lost);
      machines.worker(victim).kill();
      Await.until(
          PATIENCE,
          "what " + victim + " had is taken over",
          () -> isInvokedAgain(machines, lost));
      letGo(machines, hurt);
      JsonNode report = machines.report(run, hurt);

      assertThat(report.path("status").asText()).as(machines.logs()).isEqualTo("completed");
      assertThat(machines.bare().tree("archmage/" + hurt))
          .isEqualTo(machines.bare().tree("archmage/" + calm));
      assertMergedOnce(machines, hurt);
      assertThat(machines.origin().invocations()).hasSize(before + 8 + lost.size());
      for (String id : lost) {
        assertThat(Files.readString(folder.resolve("continued-" + id)))
            .contains("An earlier attempt at this task was cut off");
      }
      machines.start(victim, url);
      Await.until(
          victim + " has nothing left", () -> machines.clone(victim).leftovers().isEmpty());
      assertThat(machines.bare().git("fsck", "--strict", "--no-dangling")).isEmpty();
    }
  }

  @Test
  void shouldRefuseWhatComesTooLate() throws Exception {
    try (Machines machines = new Machines(folder);
        GitDaemon daemon = new GitDaemon(folder)) {
      for (String id : HELD) {
        machines.origin().script(id, SCRIPT + "echo $ARCHMAGE_ATTEMPT >by-$ARCHMAGE_TASK_ID\n");
      }
      String url = daemon.url("project.git");
      for (String name : NAMES) {
        machines.start(name, url);
      }
      WorkflowStub run = machines.run("late", plan(), Map.of());
      String victim = awaitAllHeld(machines, "late");
      List<String> lost = machines.tasksOn(victim, 1);
      awaitPushed(machines, "late", lost);
      machines.worker(victim).suspend();
      Await.until(
          PATIENCE,
          "what " + victim + " had is taken over",
          () -> isInvokedAgain(machines, lost));
      letGo(machines, "late");
      JsonNode report = machines.report(run, "late");
      machines.worker(victim).resume();

      assertThat(report.path("status").asText()).as(machines.logs()).isEqualTo("completed");
      for (String id : lost) {
        String late = "refs/archmage/late/attempts/" + id + "/1";
        Await.until(
            "the late work of " + id + " is kept",
            () -> machines.bare().tree(late).contains("by-" + id));
        assertThat(machines.bare().git("show", late + ":by-" + id)).isEqualTo("1");
        assertThat(machines.bare().git("show", "archmage/late:by-" + id)).isEqualTo("2");
      }
      assertMergedOnce(machines, "late");
      assertThat(machines.origin().invocations()).hasSize(8 + lost.size());
      Await.until(
          victim + " has nothing left", () -> machines.clone(victim).leftovers().isEmpty());
      assertPublished(machines, report, victim);
    }
  }

  /** Only the checkout of the machine that opened the run moves, and the remote's branch never. */
  private static void assertPublished(Machines machines, JsonNode report, String victim)
      throws Exception {
    String opener =
        NAMES.stream()
            .filter(
                name -> report.path("repository")
                    .asText()
                    .equals(machines.clone(name).repository().toString()))
            .findFirst()
            .orElseThrow();
    String first = machines.origin().git("rev-parse", "main");
    assertThat(machines.ref("refs/heads/main")).contains(first);
    for (String name : NAMES) {
      boolean moved = name.equals(opener) && !name.equals(victim);
      assertThat(machines.clone(name).git("rev-parse", "main").equals(first))
          .as("main of %s is where it was", name)
          .isEqualTo(!moved);
    }
    assertThat(report.path("published").path("how").asText())
        .isEqualTo(opener.equals(victim) ? "left" : "fast_forward");
  }

  private static boolean isInvokedAgain(Machines machines, List<String> tasks)
      throws IOException {
    return machines.origin()
        .invocations()
        .containsAll(tasks.stream().map(id -> id + " 2").toList());
  }

  private static void letGo(Machines machines, String run) throws IOException {
    Files.createFile(machines.origin().root().resolve("go-" + run));
  }

  /** Returns a machine that has some of them. */
  private static String awaitAllHeld(Machines machines, String run) throws Exception {
    Await.until(
        "all held tasks of " + run + " run",
        () -> NAMES.stream().mapToInt(name -> held(machines, name).size()).sum() == HELD.size());
    return NAMES.stream()
        .filter(name -> !held(machines, name).isEmpty())
        .reduce((one, other) -> other)
        .orElseThrow();
  }

  private static List<String> held(Machines machines, String name) {
    return machines.tasksOn(name, 1).stream().filter(HELD::contains).toList();
  }

  private static void awaitPushed(Machines machines, String run, List<String> tasks)
      throws Exception {
    for (String id : tasks) {
      String ref = "refs/archmage/" + run + "/attempts/" + id + "/1";
      Await.until(
          "a part of " + id + " is pushed",
          () -> machines.ref(ref + ":" + id + ".part").isPresent());
    }
  }

  private static void assertMergedOnce(Machines machines, String run) throws Exception {
    List<String> merged =
        machines.bare()
            .git("log", "--first-parent",
                "--format=%(trailers:key=Archmage-Task,valueonly,separator=)",
                "main..archmage/" + run)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    List<String> all = new ArrayList<>(HELD);
    all.add("first");
    all.add("last");
    assertThat(merged).containsExactlyInAnyOrderElementsOf(all);
  }

  /** Serves the repositories of a folder to whoever can connect to this machine. */
  private static final class GitDaemon implements AutoCloseable {

    private final Process process;
    private final int port;

    GitDaemon(Path folder) throws Exception {
      try (ServerSocket free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
      process =
          new ProcessBuilder(
              "git", "daemon", "--listen=127.0.0.1", "--port=" + port, "--reuseaddr",
              "--export-all", "--enable=receive-pack", "--base-path=" + folder, folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("daemon.log").toFile())
              .start();
      Await.until("the git daemon listens", this::listens);
    }

    private boolean listens() {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        return socket.isConnected();
      } catch (IOException notYet) {
        return false;
      }
    }

    String url(String repository) {
      return "git://127.0.0.1:" + port + "/" + repository;
    }

    @Override
    public void close() throws InterruptedException {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      process.waitFor();
    }
  }
}
