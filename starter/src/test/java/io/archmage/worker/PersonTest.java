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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Conflicts that a person decides with the plain {@code temporal} program. The task {@code all} is
 * merged first; every other one wrote its file meanwhile.
 */
@Timeout(180)
class PersonTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FILES = List.of("o", "t", "c", "r", "s", "f");

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
    Path tell = project.root().resolve("tell.sh");
    String notices = project.root().resolve("notices").toString();
    Files.writeString(tell, "#!/bin/sh\n{ cat; echo; } >>'" + notices + "'\n");
    tell.toFile().setExecutable(true);
    project.configure(
        "concurrency: {max_parallel: 9}\nerror_handling: {on_conflict: ask}\nnotify: {command: [\""
            + tell + "\"]}\n");
  }

  /** Starts a plan in which each task clashes with {@code all} in its own file. */
  private void start(List<String> clashing) throws Exception {
    StringBuilder plan =
        new StringBuilder("tasks:\n  - {id: all, familiar: codex}\n");
    StringBuilder all = new StringBuilder();
    for (String task : clashing) {
      all.append("echo all >").append(task).append(".txt\n");
      plan.append("  - {id: ").append(task).append(", familiar: ");
      plan.append(clashing.indexOf(task) < 3 ? "gemini}\n" : "stitch}\n");
      project.script(
          task,
          "if [ \"$ARCHMAGE_ATTEMPT\" = 1 ]; then\n"
              + "  until [ -e \"$SCRIPTS/../go\" ]; do sleep 0.05; done\n"
              + "fi\n"
              + "cat "
              + task
              + ".txt 2>/dev/null >before || :\n"
              + "echo \"mine after [$(cat before)]\" >"
              + task
              + ".txt; rm before; echo other >other-"
              + task
              + ".txt\n");
    }
    project.script("all", all.toString());
    plan.append("  - {id: needs-last, familiar: codex, depends_on: [").append(clashing.getLast());
    plan.append("]}\n");
    Path file = Files.writeString(folder.resolve("plan.yaml"), plan.toString());
    temporal.start(
        "Plan",
        queue,
        id,
        "--input-file",
        file.toString(),
        "--input-meta",
        "encoding=binary/plain");
    Await.until("all is merged", () -> "succeeded".equals(status("all")));
    for (String task : clashing) {
      Await.until(task + " runs", () -> project.invocations().contains(task + " 1"));
    }
    Files.createFile(project.root().resolve("go"));
    for (String task : clashing) {
      Await.until(task + " waits", () -> "awaiting_person".equals(status(task)));
    }
  }

  private JsonNode task(String task) throws Exception {
    Commands.Result result = temporal.workflow("query", "--workflow-id", id, "--name", "status");
    if (result.code() != 0) {
      return JSON.createObjectNode();
    }
    JsonNode page =
        JSON.readTree(result.output().substring(result.output().indexOf('{')))
            .at("/queryResult/0");
    for (JsonNode one : page.path("tasks")) {
      if (one.path("id").asText().equals(task)) {
        return one;
      }
    }
    return JSON.createObjectNode();
  }

  private String status(String task) throws Exception {
    return task(task).path("status").asText();
  }

  private Commands.Result update(String name, String input) throws Exception {
    return temporal.workflow(
        "update", "execute", "--workflow-id", id, "--name", name, "--input", input);
  }

  private void accepted(String name, String input) throws Exception {
    Commands.Result result = update(name, input);
    assertThat(result.code()).as(result.output()).isZero();
  }

  private String rejected(String name, String input) throws Exception {
    Commands.Result result = update(name, input);
    assertThat(result.code()).as(result.output()).isEqualTo(1);
    return result.output();
  }

  private long historyLength() {
    return server.client().newUntypedWorkflowStub(id).describe().getHistoryLength();
  }

  private String file(String path) throws Exception {
    return project.git("show", "archmage/" + id + ":" + path);
  }

  private long merges(String task) throws Exception {
    return project
        .git("log", "--format=%(trailers:key=Archmage-Task,valueonly)", "archmage/" + id)
        .lines()
        .filter(task::equals)
        .count();
  }

  private String handMade(String task) throws Exception {
    JsonNode question = task(task).path("question");
    String place = folder.resolve("by-hand").toString();
    project.git("worktree", "add", "-q", "--detach", place, question.at("/ours/ref").asText());
    Files.writeString(Path.of(place, task + ".txt"), "by hand\n");
    Commands.run(Path.of(place), List.of("git", "commit", "-qam", "by hand"));
    return Commands.run(Path.of(place), List.of("git", "rev-parse", "HEAD")).output().strip();
  }

  @Test
  void shouldEndEachConflictAsAPersonSays() throws Exception {
    try (ServingWorker worker = ServingWorker.start(server.client(), queue, project)) {
      assertThat(worker).isNotNull();
      start(FILES);
      JsonNode question = task("o").path("question");
      assertThat(question.path("text").asText())
          .isEqualTo("conflict: o.txt (both added it, differently: o and all)");
      assertThat(task("needs-last").path("because").asText())
          .isEqualTo("waits for f, which waits for a person");
      String diff =
          Commands.run(
              project.root(),
              List.of("sh", "-c", question.at("/look/0/command").asText()))
              .output();
      assertThat(diff).contains("-all", "+mine after []");
      long before = historyLength();
      assertThat(rejected("skip", "{\"task\":\"x\"}")).contains("has no task \"x\"");
      assertThat(rejected("retry", "{\"task\":\"all\"}")).contains("it is succeeded");
      assertThat(rejected("resolve", "{\"task\":\"o\",\"how\":\"our\"}"))
          .contains("Did you mean \"ours\"?");
      assertThat(rejected("resolve", "{\"task\":\"o\"}")).contains("\"how\" is missing");
      assertThat(historyLength()).isEqualTo(before);
      assertThat(
          rejected("resolve", "{\"task\":\"c\",\"how\":\"commit\",\"commit\":\"main\"}"))
          .contains("does not contain the run's version");

      String made = handMade("c");
      accepted("resolve", "{\"task\":\"o\",\"how\":\"ours\"}");
      accepted("resolve", "{\"task\":\"t\",\"how\":\"theirs\"}");
      accepted(
          "resolve", "{\"task\":\"c\",\"how\":\"commit\",\"commit\":\"" + made + "\"}");
      accepted("resolve", "{\"task\":\"r\",\"how\":\"rerun\"}");
      accepted("skip", "{\"task\":\"s\"}");
      assertThat(rejected("reject", "{\"task\":\"o\"}")).contains("Task o ");
      accepted("reject", "{\"task\":\"f\"}");

      assertThat(temporal.result(id).path("status").asText()).isEqualTo("FAILED");
      assertThat(status("t")).isEqualTo("succeeded");
      for (String merged : List.of("o", "t", "c")) {
        assertThat(task(merged).at("/merge/how").asText()).as(merged).isEqualTo("person");
      }
      assertThat(task("r").at("/merge/how").asText()).isEqualTo("rerun");
      assertThat(status("s")).isEqualTo("skipped");
      assertThat(status("f")).isEqualTo("failed");
      assertThat(task("needs-last").path("because").asText())
          .isEqualTo("needs f, which failed");
    }
    assertThat(file("o.txt")).isEqualTo("all");
    assertThat(file("other-o.txt")).isEqualTo("other");
    assertThat(file("t.txt")).isEqualTo("mine after []");
    assertThat(file("c.txt")).isEqualTo("by hand");
    assertThat(file("r.txt")).isEqualTo("mine after [all]");
    assertThat(file("s.txt")).isEqualTo("all");
    assertThat(file("f.txt")).isEqualTo("all");
    assertThat(Files.readAllLines(project.root().resolve("notices")))
        .filteredOn(line -> !line.isEmpty())
        .hasSize(6)
        .allSatisfy(line -> assertThat(JSON.readTree(line).path("run_id").asText()).isEqualTo(id));
  }

  @Test
  void shouldGoOnWaitingAndCarryOutAnAnswerOnceThoughWorkersAreKilled() throws Exception {
    Process answer;
    Path steps = WorkerJvm.steps(project);
    try (WorkerJvm first = WorkerJvm.start(server.target(), queue, project)) {
      start(List.of("t"));
      first.kill();
    }
    try (WorkerJvm second = WorkerJvm.start(server.target(), queue, project)) {
      Await.until("it still waits", () -> "awaiting_person".equals(status("t")));
      StepControl.stopAt(steps, Step.MERGE_COMMITTED);
      answer =
          new ProcessBuilder(
              server.cli(), "workflow", "update", "execute", "--address", server.target(),
              "--workflow-id", id, "--name", "resolve", "--input",
              "{\"task\":\"t\",\"how\":\"theirs\"}")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("answer").toFile())
              .start();
      Await.until("it is being merged", () -> StepControl.isAt(steps, Step.MERGE_COMMITTED));
      second.kill();
    }
    try (WorkerJvm third = WorkerJvm.start(server.target(), queue, project)) {
      JsonNode report = temporal.report(id);

      assertThat(report.path("status").asText()).isEqualTo("completed");
      assertThat(third.log()).doesNotContain("Exception");
      assertThat(answer.waitFor()).as(Files.readString(folder.resolve("answer"))).isZero();
    }
    assertThat(file("t.txt")).isEqualTo("mine after []");
    assertThat(merges("t")).isEqualTo(2);
    assertThat(project.git("log", "--merges", "--oneline", "archmage/" + id).lines()).hasSize(1);
    assertThat(project.invocations()).filteredOn("t 1"::equals).hasSize(1);
    // The worker that was killed may have told people before it could say so.
    assertThat(Files.readString(project.root().resolve("notices")).strip().lines().distinct())
        .hasSize(1);
    assertThat(project.leftovers()).isEmpty();
  }
}
