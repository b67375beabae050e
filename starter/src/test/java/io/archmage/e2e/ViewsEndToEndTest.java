package io.archmage.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.e2e.Workshop.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything that lets a user look, on one run: while it goes on, and after it has ended. */
@Timeout(240)
class ViewsEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RUN = "views-1";

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

  private static String shown(String... arguments) {
    Outcome outcome = workshop.look(arguments);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome.out();
  }

  private static JsonNode json(String... arguments) throws IOException {
    return JSON.readTree(shown(arguments));
  }

  @Test
  void shouldLetAUserLook() throws Exception {
    Path plan = workshop.plan("views.yaml", Workshop.resource("views.yaml"));
    Outcome started = workshop.run(plan, "--run-id", RUN, "--detach");
    assertThat(started.exitCode()).as(started.err()).isZero();
    Workshop.Running followed = workshop.start("logs", RUN, "gated-1", "-f");
    Workshop.Running interrupted = workshop.start("logs", RUN, "gated-1", "-f");
    Workshop.Running watched = workshop.start("watch", RUN);
    Workshop.await(() -> "the gated task", () -> textOf(followed).contains("waiting at the gate"));
    Workshop.await(() -> "the gate's log", () -> textOf(interrupted).contains("waiting at"));

    whileItGoesOn();

    new ProcessBuilder("kill", "-INT", Long.toString(interrupted.process().pid()))
        .start()
        .waitFor();
    Outcome stopped = interrupted.await();
    assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(130);
    assertThat(stopped.err()).doesNotContain("\tat ");

    workshop.openGate();
    Outcome whole = watched.await();
    assertThat(whole.exitCode()).as(whole.err()).isEqualTo(1);
    assertThat(whole.err()).contains("task_failed broken-1", "task_succeeded gated-1");
    assertThat(whole.out()).startsWith(RUN + "  partial  4 of 6 tasks succeeded");
    Outcome log = followed.await();
    assertThat(log.exitCode()).as(log.err()).isZero();
    assertThat(log.out()).isEqualTo("waiting at the gate\nwrote gated-1.txt\n");

    logsAfterwards();
    diffs();
    reports();
  }

  private static String textOf(Workshop.Running running) {
    try {
      return Files.readString(running.out());
    } catch (IOException e) {
      return "";
    }
  }

  private static void whileItGoesOn() throws Exception {
    JsonNode metrics = json("metrics", RUN, "--json");
    assertThat(metrics.path("active_tasks").asInt()).isEqualTo(1);
    assertThat(metrics.path("makespan_ms").asLong()).isPositive();
    assertThat(shown("metrics", RUN)).contains("parallelism  active_tasks            1");
    assertThat(shown("status", RUN))
        .contains("gated-1   stitch    running")
        .contains("Metrics    active_tasks 1, queue_depth 0");
    assertThat(json("status", RUN, "--json").at("/metrics/active_tasks").asInt()).isEqualTo(1);
    Outcome notYet = workshop.look("logs", RUN, "last");
    assertThat(notYet.exitCode()).isEqualTo(5);
    assertThat(notYet.err()).contains("Task last has not run: it is");
    assertThat(shown("logs", RUN, "gated-1")).isEqualTo("waiting at the gate\n");
    JsonNode live = json("logs", RUN, "gated-1", "--json");
    assertThat(live.path("ended").asBoolean()).isFalse();
    assertThat(live.path("prompt").asText()).contains("gated-1");
    assertThat(workshop.look("diff", RUN, "gated-1").err())
        .contains("Task gated-1 is running. No changes of it are recorded yet.");
    String link = shown("open", RUN).strip();
    assertThat(link).matches("http://.*/namespaces/default/workflows/" + RUN);
    browser(link);
  }

  private static void browser(String link) throws Exception {
    Path opened = directory.resolve("opened");
    Path browser = directory.resolve("browser.sh");
    Files.writeString(browser, "#!/bin/sh\necho \"$1\" > " + opened + ".new\nmv " + opened
        + ".new " + opened + "\n");
    Files.setPosixFilePermissions(browser, PosixFilePermissions.fromString("rwxr-xr-x"));
    workshop.set("BROWSER", browser.toString());
    shown("open", RUN, "--browser");
    Workshop.await(() -> "the browser", () -> Files.exists(opened));
    assertThat(opened).hasContent(link);
  }

  private static void logsAfterwards() throws Exception {
    assertThat(shown("logs", RUN, "chatty"))
        .isEqualTo("green\\e[2J\nwrote chatty.txt\n--- standard error ---\ncareful\n");
    assertThat(shown("logs", RUN, "chatty", "--raw", "--stream", "stdout"))
        .isEqualTo("\u001b[32mgreen\u001b[0m\u001b[2J\nwrote chatty.txt\n");
    assertThat(shown("logs", RUN, "chatty", "--stream", "prompt")).contains("chatty");
    assertThat(json("logs", RUN, "broken-1", "--attempt", "1", "--json").at("/stdout").asText())
        .isEqualTo("this one never works\n");
    assertThat(json("logs", RUN, "broken-1", "--json").path("attempt").asInt()).isEqualTo(2);
    assertThat(workshop.look("logs", RUN, "broken-1", "--attempt", "3").exitCode())
        .isEqualTo(5);
    Outcome unknown = workshop.look("logs", RUN, "chaty");
    assertThat(unknown.exitCode()).isEqualTo(5);
    assertThat(unknown.err()).contains("has no task chaty. Did you mean \"chatty\"?");
  }

  private static void diffs() throws Exception {
    assertThat(shown("diff", RUN, "plain"))
        .startsWith("diff --git a/plain.txt b/plain.txt")
        .contains("+codex did plain")
        .doesNotContain("gated-1", "\u001b");
    assertThat(shown("diff", RUN, "--stat")).contains("chatty.txt", "plain.txt", "gated-1.txt");
    assertThat(json("diff", RUN, "gated-1", "--json").path("files").toString())
        .isEqualTo("[{\"path\":\"gated-1.txt\",\"change\":\"added\"}]");
    Outcome silent = workshop.look("diff", RUN, "silent");
    assertThat(silent.exitCode()).as(silent.err()).isZero();
    assertThat(silent.out()).isEmpty();
    assertThat(silent.err()).contains("Task silent changed nothing.");
    Outcome broken = workshop.look("diff", RUN, "broken-1");
    assertThat(broken.err()).contains("Not integrated: this is what attempt 2 of broken-1 left.");
    assertThat(broken.out()).contains("+half done");
    assertThat(workshop.look("diff", RUN, "last").err())
        .contains("Task last is skipped: needs broken-1, which failed. It has not run.");
  }

  private static void reports() throws Exception {
    assertThat(shown("timeline", RUN))
        .containsPattern("\nTotal: [0-9.]+s \\(Sequential would be: [0-9.]+s\\)\n");
    assertThat(shown("timeline", RUN, "--format", "svg")).startsWith("<svg ").endsWith("</svg>\n");
    assertThat(shown("report", RUN, "--format", "html"))
        .startsWith("<!DOCTYPE html>")
        .contains("<svg ", "git cat-file -p refs/archmage/" + RUN + "/report")
        .doesNotContain("<script", "\u001b");
    JsonNode metrics = json("metrics", RUN, "--json");
    assertThat(metrics.path("retry_count").asInt()).isEqualTo(1);
    assertThat(metrics.path("failure_rate").asDouble()).isEqualTo(0.2);
    assertThat(shown("report", RUN)).contains("retry_count 1, rollback_count 0");
    Path choice = workshop.plan("choice.yaml", "metrics: {parallelism: [], performance: []}\n");
    assertThat(shown("report", RUN, "--config", choice.toString()))
        .contains("Metrics    failure_rate 20.0 %, retry_count 1")
        .doesNotContain("queue_depth");
    Outcome again = workshop.look("watch", RUN, "--json");
    assertThat(again.exitCode()).as(again.err()).isEqualTo(1);
    assertThat(JSON.readTree(again.out()).path("status").asText()).isEqualTo("partial");
  }

  @Test
  void shouldExamineThisMachine() throws Exception {
    Outcome outcome = workshop.look("doctor", "--json");

    assertThat(outcome.exitCode()).as(outcome.out()).isZero();
    JsonNode document = JSON.readTree(outcome.out());
    assertThat(document.path("ok").asBoolean()).isTrue();
    assertThat(document.path("findings").findValuesAsText("check"))
        .containsAll(
            List.of(
                "java", "git", "state", "disk", "temporal", "server", "repository",
                "configuration", "familiar", "leftovers"));

    Outcome elsewhere = workshop.look("doctor", "--repo", "/", "--server", "127.0.0.1:1");
    assertThat(elsewhere.exitCode()).isEqualTo(3);
    assertThat(elsewhere.out())
        .contains("problem  repository    / is in no git repository")
        .contains("problem  server        the Temporal server at 127.0.0.1:1");
  }
}
