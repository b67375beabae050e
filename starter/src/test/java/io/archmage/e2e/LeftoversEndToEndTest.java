package io.archmage.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.e2e.Workshop.Outcome;
import io.archmage.git.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What runs leave: found, gone on with, and removed. */
@Timeout(180)
class LeftoversEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String LONG_PLAN =
      """
          tasks:
            - {id: first, familiar: codex}
            - {id: second, familiar: stitch, depends_on: [first]}
            - {id: silent, familiar: reviewer, depends_on: [first]}
            - {id: gated, familiar: gemini, depends_on: [second]}
            - {id: heir, familiar: codex, depends_on: [gated, silent, second]}
          """;

  @TempDir
  private static Path directory;
  private static Workshop workshop;

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    workshop = new Workshop(directory);
  }

  @AfterAll
  static void close() throws IOException {
    workshop.close();
  }

  @BeforeEach
  void closeGate() throws IOException {
    workshop.closeGate();
  }

  @Test
  void shouldGoOnWithARunWhoseServerLostEverything() throws Exception {
    Path plan = workshop.plan("lost.yaml", LONG_PLAN);
    workshop.git("branch", "--force", "other", "main");
    ok(start(plan, "--run-id", "lost-1", "--detach"));
    awaitRefs("refs/archmage/lost-1/logs/silent/1");
    Workshop.await(() -> "the gate", () -> invocations("lost-1").contains("lost-1 gated"));

    workshop.loseServer();

    JsonNode found = json("recover", "--dry-run", "--json");
    assertThat(found.path("lost")).hasSize(1);
    JsonNode lost = found.path("lost").get(0);
    assertThat(lost.path("name").asText()).isEqualTo("lost-1");
    assertThat(lost.path("tasks").findValuesAsText("state"))
        .containsExactly("integrated", "integrated", "unchanged", "not_begun", "not_begun");
    assertThat(look("recover", "--dry-run").out())
        .contains("does not know this run", "lost-1  began at ", "succeeded without changes")
        .contains("3 of 5 tasks are done. To go on: archmage recover --resume lost-1")
        .contains("What the run had used and cost");
    assertThat(look("doctor").out())
        .contains("Run lost-1 never ended, and the server does not know it")
        .contains("-> archmage recover --resume lost-1");
    assertThat(look("gc", "--older-than", "0s").out())
        .containsPattern("kept +refs +refs/archmage/lost-1/ .*it stored no report");
    assertThat(workshop.look("recover", "--resume", "nobody").exitCode()).isEqualTo(5);

    String configuration = workshop.configurationFile().toString();
    JsonNode resumed =
        json("recover", "--resume", "lost-1", "--config", configuration, "--json");
    assertThat(resumed.path("resumed").get(0).path("run_id").asText()).isEqualTo("lost-1");
    workshop.openGate();
    Outcome watched = workshop.look("watch", "lost-1", "--json");

    assertThat(watched.exitCode()).as(watched.err()).isZero();
    JsonNode report = JSON.readTree(watched.out());
    assertThat(report.path("branch").asText()).isEqualTo("archmage/lost-1.2");
    assertThat(report.path("published").path("how").asText()).isEqualTo("fast_forward");
    assertThat(report.path("notes").toString())
        .contains("Goes on with the lost run lost-1: 3 of 5 tasks were done before.");
    assertThat(invocations("lost-1"))
        .containsOnlyOnce("lost-1 first", "lost-1 second", "lost-1 silent", "lost-1 heir");
    ok(start(plan, "--run-id", "calm-1", "--target", "other", "--no-publish"));
    assertThat(workshop.git("rev-parse", "archmage/lost-1.2^{tree}"))
        .isEqualTo(workshop.git("rev-parse", "archmage/calm-1^{tree}"))
        .isEqualTo(workshop.git("rev-parse", "main^{tree}"));
    assertThat(workshop.git("show", "main:inherited.txt")).contains("wrote second.txt");
    assertThat(look("recover").out()).startsWith("No run of ");
    assertThat(workshop.look("recover", "--resume", "lost-1").exitCode()).isEqualTo(5);
    awaitNoFolderOf("lost-1");
    collect("lost-1", "lost-1.2");
    assertThat(refs("lost-1")).isEmpty();
  }

  @Test
  void shouldGoOnWithWhatACrashedMachineLeftAndGiveUpTheRest() throws Exception {
    ok(run("crash-1", "gated-a", "--detach", "--no-publish"));
    ok(run("crash-2", "done", "gated-b", "--detach", "--no-publish"));
    awaitRefs("refs/archmage/crash-2/attempts/done/1");
    Workshop.await(() -> "the gate", () -> invocations("crash-2").contains("crash-2 gated-b"));
    Workshop.await(
        () -> "the merge",
        () -> !git("rev-parse", "archmage/crash-2").equals(git("rev-parse", "main")));
    List<ProcessHandle> workers = workshop.workers();
    workers.forEach(ProcessHandle::destroyForcibly);
    Workshop.await(
        () -> "the workers' end", () -> workers.stream().noneMatch(ProcessHandle::isAlive));
    workshop.loseServer();

    JsonNode unwanted = json("recover", "--give-up", "crash-1", "--json");
    assertThat(unwanted.path("lost").findValuesAsText("name"))
        .containsExactly("crash-1", "crash-2");
    assertThat(unwanted.path("lost").get(1).path("folder").asText()).contains("crash-2@");
    assertThat(unwanted.path("resumed")).isEmpty();
    JsonNode resumed =
        json(
            "recover", "--yes", "--config", workshop.configurationFile().toString(), "--json");
    assertThat(resumed.path("resumed").findValuesAsText("run_id")).containsExactly("crash-2");
    awaitNoFolderOf("crash-1");
    workshop.openGate();
    Outcome watched = workshop.look("watch", "crash-2", "--json");

    assertThat(watched.exitCode()).as(watched.err()).isZero();
    assertThat(JSON.readTree(watched.out()).path("published").path("how").asText())
        .isNotEqualTo("fast_forward");
    assertThat(invocations("crash-2")).containsOnlyOnce("crash-2 done");
    assertThat(invocations("crash-1")).hasSize(1);
    assertThat(git("ls-tree", "--name-only", "archmage/crash-2.2"))
        .contains("done.txt", "gated-b.txt");
  }

  private static String git(String... arguments) {
    try {
      return workshop.git(arguments);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldRemoveOnlyWhatIsElsewhere() throws Exception {
    ok(run("fine-1", "fine"));
    ok(run("unpublished-1", "alone", "--no-publish"));
    assertThat(run("partial-1", "good", "broken", "broken-too").exitCode()).isEqualTo(1);
    ok(workshop.look("publish", "partial-1"));
    ok(run("used-1", "used"));
    ok(run("open-1", "gated", "--detach"));
    Workshop.await(() -> "the gate", () -> invocations("open-1").contains("open-1 gated"));
    workshop.git("branch", "mine", "refs/archmage/partial-1/attempts/broken/1");
    assertThat(look("doctor").out())
        .contains("refs; 'archmage gc' removes those whose work is elsewhere")
        .doesNotContain("No worker here follows", "never ended");
    Path worktree = directory.resolve("used");
    workshop.git("worktree", "add", "-q", worktree.toString(), "archmage/used-1");
    String before = workshop.git("for-each-ref");

    assertThat(look("gc").out())
        .containsPattern("kept +refs +refs/archmage/fine-1/ .*it ended .* ago");
    Outcome dry = look("gc", "--older-than", "0s", "--dry-run");
    assertThat(workshop.git("for-each-ref")).isEqualTo(before);
    assertThat(dry.out())
        .containsPattern("would go +refs +refs/archmage/fine-1/ .*its work is in main")
        .containsPattern("kept +refs +refs/archmage/unpublished-1/ .*no other branch or tag has")
        .containsPattern("kept +refs +refs/archmage/open-1/ .*the run is open")
        .containsPattern("kept +refs +refs/archmage/used-1/ .*checked out in " + worktree)
        .contains("Never merged, kept:\n  refs/archmage/partial-1/attempts/broken-too/1\n");
    JsonNode planned = json("gc", "--older-than", "0s", "--dry-run", "--json");

    JsonNode done = json("gc", "--older-than", "0s", "--json");

    assertThat(done.path("removed")).isEqualTo(planned.path("removed"));
    assertThat(refs("fine-1")).isEmpty();
    assertThat(refs("unpublished-1")).isEqualTo(among(before, "unpublished-1"));
    assertThat(refs("open-1")).isEqualTo(among(before, "open-1"));
    assertThat(refs("used-1")).isEqualTo(among(before, "used-1"));
    assertThat(refs("partial-1"))
        .map(line -> line.replaceFirst(".*refs/", "refs/"))
        .contains("refs/archmage/partial-1/run", "refs/archmage/partial-1/report")
        .contains("refs/archmage/partial-1/attempts/broken-too/1")
        .contains("refs/archmage/partial-1/logs/broken-too/1")
        .doesNotContain("refs/archmage/partial-1/attempts/broken/1")
        .doesNotContain("refs/heads/archmage/partial-1");
    assertThat(workshop.git("show", "mine:half.txt")).isEqualTo("half done");

    JsonNode lost = json("gc", "--older-than", "0s", "--unmerged", "--json");
    assertThat(row(lost, "removed", "partial-1").path("unmerged").toString())
        .contains("refs/archmage/partial-1/attempts/broken-too/1");
    assertThat(refs("partial-1")).isEmpty();
    workshop.git("worktree", "remove", worktree.toString());
    workshop.openGate();
    ok(workshop.look("watch", "open-1", "--json"));
  }

  @Test
  void shouldRemoveLocksAndLogsThatNobodyHas() throws Exception {
    Path git = workshop.repository().resolve(".git");
    Path own = old(git.resolve("refs/archmage/dead/run.lock"));
    Path index = old(git.resolve("index.lock"));
    Path log = old(workshop.state().resolve("workers/0123456789ab.log.1"));
    Path kept = keptWorkspace();
    assertThat(look("doctor").out())
        .contains(own + " has been there for ", "whoever made it is dead")
        .contains("-> archmage gc --older-than 0s", "-> rm '" + index + "'");

    JsonNode done = json("gc", "--json");

    assertThat(done.path("removed").findValuesAsText("what"))
        .contains(own.toString(), log.toString(), kept.toString());
    assertThat(kept).doesNotExist();
    assertThat(own).doesNotExist();
    assertThat(log).doesNotExist();
    assertThat(index).exists();
    Files.delete(index);
    assertThat(look("doctor").out()).containsPattern("ok +locks +none");
  }

  private static Path keptWorkspace() throws IOException {
    String id;
    try (GitRepository repository = GitRepository.open(workshop.repository())) {
      id = repository.repoId();
    }
    Path place = old(workshop.state().resolve("repos/" + id + "/kept/failed/file.txt")).getParent();
    return Files.setLastModifiedTime(
        place, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
  }

  private static Path old(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    return Files.setLastModifiedTime(
        file, FileTime.from(Instant.now().minus(Duration.ofDays(4_000))));
  }

  private static Outcome run(String id, String... tasksAndOptions) throws Exception {
    StringBuilder text = new StringBuilder("tasks:\n");
    List<String> options = new ArrayList<>(List.of("--run-id", id));
    for (String word : tasksAndOptions) {
      if (word.startsWith("--")) {
        options.add(word);
      } else {
        text.append("  - {id: ").append(word).append(", familiar: codex}\n");
      }
    }
    return start(
        workshop.plan(id + ".yaml", text.toString()), options.toArray(String[]::new));
  }

  /** Server and worker are processes of their own; the command itself need not be one. */
  private static Outcome start(Path plan, String... options) {
    return workshop.look(workshop.runArguments(plan, options));
  }

  private static void collect(String... runs) throws Exception {
    JsonNode done = json("gc", "--older-than", "0s", "--unmerged", "--json");
    for (String run : runs) {
      assertThat(row(done, "removed", run).path("kind").asText()).as("%s", done).isEqualTo("refs");
    }
  }

  private static JsonNode row(JsonNode done, String list, String run) {
    for (JsonNode row : done.path(list)) {
      if (row.path("run").asText().equals(run) && row.path("kind").asText().equals("refs")) {
        return row;
      }
    }
    throw new AssertionError(run + " is not among " + list + " of " + done);
  }

  private static List<String> refs(String run) throws Exception {
    return among(workshop.git("for-each-ref"), run);
  }

  private static List<String> among(String refs, String run) {
    return refs.lines()
        .filter(line -> line.matches(".*archmage/" + run.replace(".", "\\.") + "(/.*)?"))
        .toList();
  }

  private static List<String> invocations(String run) {
    try {
      return workshop.invocations().stream().filter(line -> line.startsWith(run + " ")).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitRefs(String ref) {
    Workshop.await(
        () -> ref,
        () -> !git("for-each-ref", ref).isEmpty());
  }

  private static void awaitNoFolderOf(String run) {
    Workshop.await(
        () -> "no folder of " + run,
        () -> {
          try (Stream<Path> all = Files.walk(workshop.state().resolve("repos"), 3)) {
            return all.noneMatch(path -> path.getFileName().toString().startsWith(run + "@"));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static Outcome look(String... arguments) {
    return ok(workshop.look(arguments));
  }

  private static JsonNode json(String... arguments) throws IOException {
    return JSON.readTree(look(arguments).out());
  }

  private static Outcome ok(Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.err() + outcome.out()).isZero();
    return outcome;
  }
}
