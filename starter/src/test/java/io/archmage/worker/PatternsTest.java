package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines and fan-outs started by the plain {@code temporal} program. */
@Timeout(120)
class PatternsTest {

  /** Notes which files a step was handed, each with its first line. */
  private static final String NOTE_INPUTS =
      """
          for file in "$ARCHMAGE_INPUT_DIR"/*; do
            [ -e "$file" ] || continue
            echo "$ARCHMAGE_TASK_ID $(basename "$file") $(head -n 1 "$file")" >>"$SCRIPTS/../handed"
          done
          """;

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String queue = "archmage-test-" + UUID.randomUUID();
  private final String id = "run-" + UUID.randomUUID();
  private TestProject project;
  private TemporalProgram temporal;
  private ServingWorker worker;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    project = TestProject.make(folder.resolve("project"));
    temporal = new TemporalProgram(server.cli(), server.target(), folder);
    project.configure(
        "concurrency: {max_parallel: 3}\nerror_handling: {on_failure: {retry_delay: 10}}\n");
    worker = ServingWorker.start(server.client(), queue, project);
  }

  @AfterEach
  void end() throws InterruptedException {
    worker.close();
  }

  private JsonNode run(String type, Path file, String... more) throws Exception {
    String[] words = new String[2 + more.length];
    words[0] = "--input-file";
    words[1] = file.toString();
    System.arraycopy(more, 0, words, 2, more.length);
    temporal.start(type, queue, id, words);
    JsonNode report = temporal.report(id);
    assertThat(report.get("status").asText()).isEqualTo("completed");
    assertThat(project.leftovers()).isEmpty();
    return report;
  }

  private JsonNode runYaml(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("plan.yaml"), text);
    return run("Plan", file, "--input-meta", "encoding=binary/plain");
  }

  private List<String> handed() throws IOException {
    return Files.readAllLines(project.root().resolve("handed"));
  }

  private JsonNode stored(String run) throws Exception {
    return new ObjectMapper()
        .readTree(project.git("cat-file", "-p", "refs/archmage/" + run + "/report"));
  }

  private void modules() throws IOException, InterruptedException {
    for (String module : List.of("auth", "user", "payment")) {
      project.write("src/" + module + "/old.txt", "old\n");
    }
    project.git("add", "-A");
    project.git("commit", "-q", "-m", "modules");
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  @Test
  void shouldHandEachStepTheResultOfTheOneItNames() throws Exception {
    project.script(
        "1-analyze", NOTE_INPUTS + "echo bug in app.txt; seq 1 3000; echo notes >notes.txt");
    project.script(
        "2-fix",
        NOTE_INPUTS
            + "grep -q '\"findings\": /' \"$ARCHMAGE_PROMPT_FILE\"\n"
            + "cat notes.txt; sed -i 's/two/fixed/' src/app.txt\n"
            + "echo fixed after $(wc -l <\"$ARCHMAGE_INPUT_DIR/findings\") lines"
            + " >\"$ARCHMAGE_OUTPUT_FILE\"");
    project.script(
        "3-verify", NOTE_INPUTS + "grep -q fixed src/app.txt; echo verified; seq 1 3000");

    JsonNode report = run("Pipeline", temporal.input("S0-04-pattern-c-pipeline.json"));

    assertThat(report.get("execution").asText()).isEqualTo("pipeline");
    assertThat(project.invocations()).containsExactly("1-analyze 1", "2-fix 1", "3-verify 1");
    assertThat(handed())
        .containsExactly(
            "2-fix findings bug in app.txt", "3-verify fixed_code fixed after 3001 lines");
    assertThat(report.findValuesAsText("familiar")).startsWith("gemini", "codex", "reviewer");
    assertThat(report.get("output").asText()).startsWith("verified\n1\n2\n").hasSize(2_000);
    assertThat(stored(id).get("output").asText().lines()).hasSize(3_001);
    assertThat(project.git("show", "main:src/app.txt")).contains("fixed");
    for (int step = 1; step < 3; step++) {
      assertThat(report.at("/tasks/%d/ready_at".formatted(step)).asText())
          .isGreaterThanOrEqualTo(
              report.at("/tasks/%d/integrated_at".formatted(step - 1)).asText());
    }
  }

  @Test
  void shouldHandOnWhatTheAttemptThatSucceededSaid() throws Exception {
    project.script(
        "first", "echo attempt $ARCHMAGE_ATTEMPT; [ $ARCHMAGE_ATTEMPT -gt 1 ] || exit 1");
    project.script("second", NOTE_INPUTS + "echo the end");

    JsonNode report =
        runYaml(
            """
                input: Begin here
                steps:
                  - {familiar: gemini, id: first, output_key: draft}
                  - {familiar: codex, id: second, input_from: [draft, input]}
                """);

    assertThat(handed())
        .containsExactly("second draft attempt 2", "second input Begin here");
    assertThat(report.get("output").asText()).isEqualTo("the end\n");
  }

  @Test
  void shouldRunOneTaskPerPartitionAtOnceAndCollectTheirChanges() throws Exception {
    modules();
    for (String part : List.of("auth", "user", "payment")) {
      project.script(
          part,
          """
              touch "$SCRIPTS/../began-$ARCHMAGE_TASK_ID"
              for other in auth user payment; do
                until [ -e "$SCRIPTS/../began-$other" ]; do sleep 0.05; done
              done
              grep -q "refactor src/$ARCHMAGE_TASK_ID/" "$ARCHMAGE_PROMPT_FILE"
              echo new >"src/$ARCHMAGE_TASK_ID/new.txt"
              rm "src/$ARCHMAGE_TASK_ID/old.txt"
              """
              + (part.equals("user") ? "echo stray >src/stray.txt\n" : ""));
    }

    JsonNode report = run("FanOutFanIn", temporal.input("S0-05-pattern-d-fan-out-fan-in.json"));

    assertThat(report.get("execution").asText()).isEqualTo("fan_out_fan_in");
    assertThat(project.invocations()).containsExactlyInAnyOrder("auth 1", "user 1", "payment 1");
    List<String> union =
        List.of(
            "src/auth/new.txt", "src/auth/old.txt", "src/payment/new.txt", "src/payment/old.txt",
            "src/stray.txt", "src/user/new.txt", "src/user/old.txt");
    assertThat(texts(report.get("collected"))).isEqualTo(union);
    assertThat(texts(stored(id).get("collected"))).isEqualTo(union);
    assertThat(project.git("ls-tree", "-r", "--name-only", "main", "src").lines())
        .containsExactly(
            "src/app.txt", "src/auth/new.txt", "src/payment/new.txt", "src/stray.txt",
            "src/user/new.txt");
    assertThat(IntStream.range(0, 3).mapToObj(report.get("tasks")::get))
        .extracting(task -> task.get("id").asText() + texts(task.get("notes")))
        .containsExactly(
            "auth[]",
            "user[warning: changed outside its outputs: src/stray.txt]",
            "payment[]");
  }

  @Test
  void shouldSplitByModuleWhereThePlanNamesNoPartitions() throws Exception {
    modules();

    project.script("document", "for part in auth user payment; do echo x >src/$part/x; done");

    JsonNode report =
        runYaml(
            """
                split: {strategy: by_module, input: src/}
                parallel_tasks: {familiar: gemini, action: document, per_partition: false}
                """);

    assertThat(project.invocations()).containsExactly("document 1");
    assertThat(texts(report.get("collected")))
        .containsExactly("src/auth/x", "src/payment/x", "src/user/x");
  }

  @Test
  void shouldRunNothingWhenAnInputComesFromNowhere() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("bad.json"),
            "{\"steps\": [{\"familiar\": \"codex\", \"output_key\": \"draft\"},"
                + " {\"familiar\": \"codex\", \"input_from\": \"drft\"}]}");
    temporal.start("Pipeline", queue, id, "--input-file", file.toString());

    assertThat(temporal.result(id).toString())
        .contains("which no earlier step makes", "Did you mean", "InvalidPlan");
    assertThat(project.invocations()).isEmpty();
  }
}
