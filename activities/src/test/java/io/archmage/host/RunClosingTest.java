package io.archmage.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.familiar.AttemptEnd;
import io.archmage.familiar.AttemptKit;
import io.archmage.share.RunShare;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunClosingTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  Path temp;
  private AttemptKit kit;

  @BeforeEach
  void create() throws IOException {
    kit = new AttemptKit(temp);
  }

  @AfterEach
  void close() throws IOException, InterruptedException {
    kit.close();
  }

  @Test
  void shouldCompleteTheReportFromTheRepository() throws Exception {
    String commit = kit.user.write("é f.txt", "1").write("d/g.txt", "2").commit("work").hex();
    String log = AttemptKit.REFS.log("A", 1);
    String output = "long ".repeat(10_000);
    kit.repository
        .refs()
        .create(
            log,
            kit.repository
                .objects()
                .writeTree(Map.of("output", output.getBytes(StandardCharsets.UTF_8))));

    JsonNode report =
        closed(
            """
                {"truncated": true, "status": "failed", "tasks": [
                  {"id": "A", "output": "lo", "output_ref": "%s", "commit": "%s", "changed_files": []},
                  {"id": "B", "output": "kept", "output_ref": null, "commit": null},
                  {"id": "C", "output": "kept", "output_ref": "refs/archmage/run/logs/gone/1",
                   "commit": "%s", "changed_files": ["x"]}]}
                """
                .formatted(log, commit, commit));

    assertThat(report.get("status").textValue()).isEqualTo("failed");
    assertThat(report.get("truncated").booleanValue()).isFalse();
    assertThat(report.get("execution_id").textValue()).isEqualTo("execution");
    assertThat(report.get("report_ref").textValue()).isEqualTo(AttemptKit.REFS.report());
    assertThat(report.at("/tasks/0/output").textValue()).isEqualTo(output);
    assertThat(report.at("/tasks/0/changed_files"))
        .isEqualTo(JSON.readTree("[\"d/g.txt\", \"é f.txt\"]"));
    assertThat(report.at("/tasks/1/output").textValue()).isEqualTo("kept");
    assertThat(report.at("/tasks/1").has("changed_files")).isFalse();
    assertThat(report.at("/tasks/2/output").textValue()).isEqualTo("kept");
    assertThat(report.at("/tasks/2/changed_files")).isEqualTo(JSON.readTree("[\"x\"]"));
  }

  @Test
  void shouldBoundWhatItTakesFromTheRepository() throws Exception {
    byte[] output = ("begin" + "\0".repeat(3_000_000) + "end").getBytes(StandardCharsets.UTF_8);
    StringBuilder tasks = new StringBuilder();
    for (int i = 1; i <= 12; i++) {
      String log = AttemptKit.REFS.log("T" + i, 1);
      kit.repository
          .refs()
          .create(log, kit.repository.objects().writeTree(Map.of("output", output)));
      tasks.append(i == 1 ? "" : ", ")
          .append(
              "{\"id\": \"T%d\", \"output\": \"cut\", \"output_ref\": \"%s\"}".formatted(i, log));
    }

    JsonNode report = closed("{\"tasks\": [" + tasks + "]}");

    assertThat(report.at("/tasks/0/output").textValue())
        .startsWith("begin")
        .endsWith("end")
        .contains("\n[2000008 bytes left out, see " + AttemptKit.REFS.log("T1", 1) + "]\n")
        .hasSizeLessThan(1_001_000);
    assertThat(report.at("/tasks/11/output").textValue()).isEqualTo("cut");
  }

  @Test
  void shouldGiveThePipelinesOutputWhole() throws Exception {
    String log = AttemptKit.REFS.log("B", 1);
    kit.repository
        .refs()
        .create(
            log,
            kit.repository
                .objects()
                .writeTree(Map.of("output", "whole".getBytes(StandardCharsets.UTF_8))));
    String tasks =
        """
            {"execution": "pipeline", "output": "wh", "tasks": [
              {"id": "A", "status": "succeeded", "output": "first"},
              {"id": "B", "status": "%s", "output": "wh", "output_ref": "%s"}]}
            """;

    assertThat(closed(tasks.formatted("succeeded", log)).get("output").textValue())
        .isEqualTo("whole");
    assertThat(closed(tasks.formatted("failed", log)).get("output").textValue()).isEqualTo("wh");
  }

  @Test
  void shouldCollectTheChangesOfAFanOut() throws Exception {
    JsonNode report =
        closed(
            """
                {"execution": "fan_out_fan_in", "collected": null, "tasks": [
                  {"status": "succeeded", "changed_files": ["src/user/b", "src/shared"]},
                  {"status": "failed", "changed_files": ["src/lost"]},
                  {"status": "succeeded", "changed_files": ["src/auth/a", "src/shared"]}]}
                """);

    assertThat(report.get("collected"))
        .isEqualTo(JSON.readTree("[\"src/auth/a\", \"src/shared\", \"src/user/b\"]"));
  }

  @Test
  void shouldReplaceTheReportWhenAskedAgain() throws Exception {
    closed("{\"status\": \"failed\", \"tasks\": []}");

    assertThat(closed("{\"status\": \"completed\"}").get("status").textValue())
        .isEqualTo("completed");
  }

  @Test
  void shouldEndWhatStillRunsKeepItsWorkAndRemoveTheFolder() throws Exception {
    kit.script("echo half >b.txt; touch MARKS/started; exec sleep 60");
    kit.startAndLetGo(kit.request("A", 1));
    var process = kit.process("A", 1);

    closed("{\"tasks\": []}");

    assertThat(process.runDirectory()).doesNotExist();
    assertThat(kit.project().folders().run(AttemptKit.RUN)).doesNotExist();
    assertThat(kit.project().folders().runs()).isEmpty();
    assertThat(kit.user.show(AttemptKit.REFS.attempt("A", 1), "b.txt")).isEqualTo("half\n");
  }

  @Test
  void shouldRemoveTheFolderOfEndedAttempts() throws Exception {
    kit.script("echo new >b.txt");
    AttemptEnd end = kit.run(kit.request("A", 1));
    assertThat(end).isInstanceOf(AttemptEnd.Succeeded.class);

    closed("{\"tasks\": []}");

    assertThat(kit.project().folders().run(AttemptKit.RUN)).doesNotExist();
  }

  private JsonNode closed(String report) throws Exception {
    String ref =
        new RunClosing(kit.project(), kit.supervisor, AttemptKit.RUN).close(
            JSON.readTree(report), new RunShare.Nothing(kit.repository));
    return JSON.readTree(kit.user.git("cat-file", "blob", ref));
  }
}
