package io.archmage.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.e2e.Workshop.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that wait for a person, by the command line. */
@Timeout(180)
class PersonEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

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

  private static Outcome clash(String id, String... more) throws Exception {
    Path plan =
        workshop.plan(
            id + ".yaml",
            """
                tasks:
                  - {id: clash-1, familiar: codex}
                  - {id: clash-2, familiar: codex}
                  - {id: broken, familiar: codex}
                """);
    String[] arguments = new String[more.length + 4];
    System.arraycopy(
        new String[] {"--run-id", id, "--set", "error_handling.on_conflict=ask"}, 0, arguments, 0,
        4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return workshop.run(plan, arguments);
  }

  private static String waiting(String id) throws Exception {
    return waiting(id, "");
  }

  private static String waiting(String id, String prefix) throws Exception {
    JsonNode page = JSON.readTree(workshop.look("status", id, "--json").out());
    for (JsonNode task : page.path("tasks")) {
      if (task.path("status").asText().equals("awaiting_person")
          && task.path("id").asText().startsWith(prefix)) {
        return task.path("id").asText();
      }
    }
    throw new AssertionError("nothing waits: " + page);
  }

  @Test
  void shouldLeaveWith4AndTakeTheAnswerLater() throws Exception {
    Outcome run = clash("ask-1");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
    String task = waiting("ask-1");
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(
            task + " waits for a person: conflict: clash.txt",
            " resolve ask-1 " + task + " --ours\n",
            " skip ask-1 " + task + "\n",
            "Run ask-1 waits for a person and goes on once somebody answers",
            " status ask-1\n");
    assertThat(workshop.look("list").out()).containsPattern("ask-1 +awaiting_person");
    assertThat(workshop.look("status", "ask-1").out())
        .contains("awaiting_person", " resolve ask-1 " + task + " --theirs");

    Outcome both = workshop.look("resolve", "ask-1", task, "--ours", "--theirs");
    assertThat(both.exitCode()).as(both.err()).isEqualTo(2);
    Outcome unknown = workshop.look("retry", "ask-1", "clash-3");
    assertThat(unknown.exitCode()).as(unknown.err()).isEqualTo(5);
    assertThat(unknown.err()).contains("has no task \"clash-3\"");
    Outcome wrong = workshop.look("reject", "ask-1", "broken");
    assertThat(wrong.exitCode()).as(wrong.err()).isEqualTo(2);
    assertThat(wrong.err()).contains("Task broken does not wait for a person; it is failed.");
    Outcome notBased = workshop.look("resolve", "ask-1", task, "--commit", "main");
    assertThat(notBased.exitCode()).as(notBased.err()).isEqualTo(2);
    assertThat(notBased.err()).contains("does not contain the run's version");

    Outcome resolved = workshop.look("resolve", "ask-1", task, "--theirs");

    assertThat(resolved.exitCode()).as(resolved.err()).isZero();
    assertThat(resolved.out())
        .isEqualTo(task + " is succeeded: merged as you decided (theirs)\n");
    assertThat(workshop.git("show", "archmage/ask-1:clash.txt")).isEqualTo(task);
    Outcome late = workshop.look("resolve", "ask-1", task, "--theirs");
    assertThat(late.exitCode()).as(late.err()).isEqualTo(2);
    assertThat(workshop.look("report", "ask-1").out()).containsPattern(task + ".*person");
  }

  @Test
  void shouldTakeEveryAnswer() throws Exception {
    StringBuilder text = new StringBuilder("tasks:\n");
    List<String> familiars = List.of("codex", "stitch", "gemini", "reviewer");
    int tasks = 0;
    for (String pair : List.of("o", "c", "r", "s", "f")) {
      for (int one = 1; one <= 2; one++) {
        text.append("  - {id: clash-").append(pair).append('-').append(one).append(", familiar: ");
        text.append(familiars.get(tasks++ % familiars.size())).append("}\n");
      }
    }
    Path plan = workshop.plan("answers.yaml", text.toString());
    Outcome run =
        workshop.run(
            plan, "--run-id", "ask-4", "--max-concurrency", "12", "--set",
            "error_handling.on_conflict=ask");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
    String kept = waiting("ask-4", "clash-o");
    String made = waiting("ask-4", "clash-c");
    Path place = directory.resolve("by-hand");
    workshop.git(
        "worktree", "add", "-q", "--detach", place.toString(),
        "refs/archmage/ask-4/conflicts/" + made + "/ours");
    Files.writeString(place.resolve("clash-c.txt"), "by hand\n");
    workshop.git(
        "-C", place.toString(), "-c", "user.name=Ada", "-c", "user.email=ada@localhost", "commit",
        "-qam", "by hand");
    String commit = workshop.git("-C", place.toString(), "rev-parse", "HEAD");

    answered("resolve", "ask-4", kept, "--ours");
    answered("resolve", "ask-4", made, "--commit", commit);
    answered("resolve", "ask-4", waiting("ask-4", "clash-r"), "--rerun");
    answered("skip", "ask-4", waiting("ask-4", "clash-s"));
    answered("reject", "ask-4", waiting("ask-4", "clash-f"));

    Workshop.await(
        () -> "the end of ask-4",
        () -> statusOf("ask-4").contains("\"status\" : \"partial\""));
    assertThat(workshop.git("show", "archmage/ask-4:clash-o.txt")).isNotEqualTo(kept);
    assertThat(workshop.git("show", "archmage/ask-4:clash-c.txt")).isEqualTo("by hand");
    assertThat(workshop.look("report", "ask-4").out()).contains("8 of 10 tasks succeeded");
  }

  private static void answered(String... arguments) throws Exception {
    Outcome outcome = workshop.look(arguments);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  private static String statusOf(String id) {
    return workshop.look("status", id, "--json").out();
  }

  @Test
  void shouldPrintTheStatusAsJson() throws Exception {
    Outcome run = clash("ask-2", "--json", "--no-input");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
    JsonNode page = JSON.readTree(run.out());
    assertThat(page.path("status").asText()).isEqualTo("running");
    assertThat(page.path("counts").path("awaiting_person").asInt()).isEqualTo(1);
    assertThat(page.path("tasks").findValuesAsText("command"))
        .contains("archmage resolve ask-2 " + waiting("ask-2") + " --rerun");
    assertThat(workshop.archmage("cancel", "ask-2").exitCode()).isZero();
  }

  @Test
  void shouldSayHowToStartAWorkerIfNoneTakesTheAnswer() throws Exception {
    clash("ask-3");
    String task = waiting("ask-3");
    workshop.workers().forEach(ProcessHandle::destroy);
    Workshop.await(() -> "the workers' end", () -> workshop.workers().isEmpty());

    Outcome answer = workshop.look("skip", "ask-3", task);

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(3);
    assertThat(answer.err()).contains(" worker --repo " + workshop.repository());
    assertThat(workshop.look("status", "ask-3").out()).contains("awaiting_person");
  }
}
