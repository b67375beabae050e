package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** One run of tasks in groups, as somebody with {@code temporal} and {@code git} sees it. */
final class GroupRun {

  /** Lets a task wait until a test, or another task, says go. */
  private static final String WAIT =
      "touch \"$SCRIPTS/../began-$ARCHMAGE_TASK_ID\"\n"
          + "until [ -e \"$SCRIPTS/../go-%s\" ]; do sleep 0.05; done\n";

  final String queue = "archmage-test-" + UUID.randomUUID();
  final String id = "run-" + UUID.randomUUID();
  final TestProject project;
  private final Path folder;
  private final TemporalProgram temporal;

  GroupRun(DevServer server, Path folder, TestProject project) {
    this.folder = folder;
    this.project = project;
    temporal = new TemporalProgram(server.cli(), server.target(), folder);
  }

  /** Starts a plan of the guides. */
  void startInput(String name) throws Exception {
    temporal.start("Plan", queue, id, files(temporal.input(name)));
  }

  /** Starts a plan with options. */
  void start(String plan, String... options) throws Exception {
    List<String> words =
        new ArrayList<>(List.of(files(Files.writeString(folder.resolve("plan.yaml"), plan))));
    if (options.length > 0) {
      Path file = Files.writeString(folder.resolve("options.json"), options[0]);
      words.addAll(List.of("--input-file", file.toString()));
      words.addAll(List.of("--input-meta", "encoding=json/plain"));
    }
    temporal.start("Plan", queue, id, words.toArray(String[]::new));
  }

  private static String[] files(Path plan) {
    return new String[] {
      "--input-file", plan.toString(), "--input-meta", "encoding=binary/plain"
    };
  }

  /** Waits until the task has begun; it goes on when told so, or when another one is. */
  GroupRun holds(String task, String until, String then) throws IOException {
    project.script(task, WAIT.formatted(until) + then + "\n");
    return this;
  }

  void awaitBegun(String... tasks) throws Exception {
    for (String task : tasks) {
      Await.until(
          task + " has begun", () -> Files.exists(project.root().resolve("began-" + task)));
    }
  }

  void go(String name) throws IOException {
    Files.writeString(project.root().resolve("go-" + name), "");
  }

  JsonNode completed() throws Exception {
    JsonNode report = temporal.report(id);
    assertThat(report.get("status").asText()).as(report.toPrettyString()).isEqualTo("completed");
    assertThat(project.leftovers()).isEmpty();
    return report;
  }

  JsonNode failed() throws Exception {
    assertThat(temporal.result(id).path("status").asText()).isEqualTo("FAILED");
    return new ObjectMapper()
        .readTree(project.git("cat-file", "-p", "refs/archmage/" + id + "/report"));
  }

  JsonNode query(String name) throws Exception {
    Commands.Result result = temporal.workflow("query", "--workflow-id", id, "--name", name);
    assertThat(result.code()).as(result.output()).isZero();
    return TemporalProgram.json(result).at("/queryResult/0");
  }

  void update(String name, String input) throws Exception {
    Commands.Result answer =
        temporal.workflow(
            "update", "execute", "--workflow-id", id, "--name", name, "--input", input);
    assertThat(answer.code()).as(answer.output()).isZero();
  }

  /** Waits until a person is asked about it, and returns its row. */
  JsonNode awaitQuestion(String task) throws Exception {
    List<JsonNode> found = new ArrayList<>();
    Await.until(
        task + " waits for a person",
        () -> {
          Commands.Result result =
              temporal.workflow("query", "--workflow-id", id, "--name", "status");
          if (result.code() == 0) {
            for (JsonNode row : TemporalProgram.json(result).at("/queryResult/0/tasks")) {
              if (row.path("status").asText().equals("awaiting_person")
                  && row.path("id").asText().equals(task)) {
                found.add(row);
              }
            }
          }
          return !found.isEmpty();
        });
    return found.getLast();
  }

  /** Where the groups stand: status by branch. */
  Map<String, String> worktrees() throws Exception {
    Map<String, String> rows = new TreeMap<>();
    for (JsonNode row : query("worktrees").get("worktrees")) {
      rows.put(row.get("branch").asText(), row.get("status").asText());
    }
    return rows;
  }

  Path worktree(String name) {
    return project.repository().resolve(".worktrees").resolve(name);
  }

  /** Branches that are not Archmage's runs. */
  List<String> branches() throws Exception {
    return project
        .git("for-each-ref", "--format=%(refname:short)", "refs/heads")
        .lines()
        .filter(branch -> !branch.startsWith("archmage/"))
        .toList();
  }

  String show(String revisionAndPath) throws Exception {
    return project.git("show", revisionAndPath);
  }

  /** Subjects of the main branch's own commits since the first, newest first. */
  List<String> mainline() throws Exception {
    return project
        .git("log", "--first-parent", "--format=%s", "main", "--not", "start")
        .lines()
        .toList();
  }

  static String in(Path directory, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return Commands.run(directory, command).output().strip();
  }
}
