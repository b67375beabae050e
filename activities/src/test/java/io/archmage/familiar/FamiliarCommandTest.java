package io.archmage.familiar;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.config.FamiliarSettings;
import io.archmage.contract.InvokeRequest;
import io.archmage.contract.RunKey;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FamiliarCommandTest {

  private static final Path FOLDER = Path.of("/state/attempt-2");
  private static final FamiliarName POET = new FamiliarName("poet");
  private static final Map<String, String> WORKER =
      Map.of("PATH", "/bin", "HOME", "/home/u", "LANG", "C", "TERM", "dumb", "SECRET", "s3cret");

  @Test
  void shouldFillEveryPlaceholder() {
    assertThat(
        command(
            List.of(
                "{name}",
                "{prompt_file}",
                "--d={description}",
                "{task_id}/{run_id}/{attempt}",
                "{workspace}",
                "{input_dir}",
                "{output_file}",
                "{result_file}"),
            Map.of(),
            "Do it").arguments())
        .containsExactly(
            "poet",
            "/state/attempt-2/prompt.md",
            "--d=Do it",
            "T1/run/2",
            "/ws/files",
            "/state/attempt-2/inputs",
            "/state/attempt-2/output.txt",
            "/state/attempt-2/result.json");
  }

  @Test
  void shouldFillInOnePass() {
    assertThat(command(List.of("{description}"), Map.of(), "{task_id} {run_id}").arguments())
        .containsExactly("{task_id} {run_id}");
  }

  @Test
  void shouldKeepBracesThatAreNoPlaceholder() {
    assertThat(
        command(
            List.of("{", "}", "{}", "{other}", "{{task_id}}", "{ {task_id}", "{x{task_id}", "{a"),
            Map.of(),
            null).arguments())
        .containsExactly("{", "}", "{}", "{other}", "{T1}", "{ T1", "{xT1", "{a");
  }

  @Test
  void shouldUseTheTitleWithoutADescription() {
    assertThat(command(List.of("{description}"), Map.of(), null).arguments())
        .containsExactly("T1");
  }

  @Test
  void shouldPassExactlyTheAllowedVariables() {
    Map<String, String> environment = command(List.of("x"), Map.of(), "d").environment(WORKER);

    assertThat(environment)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("PATH", "/bin"),
                Map.entry("HOME", "/home/u"),
                Map.entry("LANG", "C"),
                Map.entry("TERM", "dumb"),
                Map.entry("TMPDIR", "/state/attempt-2/tmp"),
                Map.entry("ARCHMAGE_RUN_ID", "run"),
                Map.entry("ARCHMAGE_TASK_ID", "T1"),
                Map.entry("ARCHMAGE_ATTEMPT", "2"),
                Map.entry("ARCHMAGE_FAMILIAR", "poet"),
                Map.entry("ARCHMAGE_PORT_BASE", "20100"),
                Map.entry("ARCHMAGE_PROMPT_FILE", "/state/attempt-2/prompt.md"),
                Map.entry("ARCHMAGE_INPUT_DIR", "/state/attempt-2/inputs"),
                Map.entry("ARCHMAGE_OUTPUT_FILE", "/state/attempt-2/output.txt"),
                Map.entry("ARCHMAGE_RESULT_FILE", "/state/attempt-2/result.json")));
  }

  @Test
  void shouldPassWhatTheConfigurationNames() {
    Map<String, String> configured =
        Map.of("TOKEN", "Bearer ${env:SECRET}", "LANG", "de", "ARCHMAGE_TASK_ID", "forged");

    Map<String, String> environment = command(List.of("x"), configured, "d").environment(WORKER);

    assertThat(environment)
        .containsEntry("TOKEN", "Bearer s3cret")
        .containsEntry("LANG", "de")
        .containsEntry("ARCHMAGE_TASK_ID", "T1")
        .doesNotContainKey("SECRET");
  }

  @Test
  void shouldLeaveOutWhatTheWorkerDoesNotHave() {
    assertThat(command(List.of("x"), Map.of(), "d").environment(Map.of()))
        .doesNotContainKeys("PATH", "HOME", "LANG", "TERM");
  }

  @Test
  void shouldGoOnWithASession() {
    FamiliarCommand resumed =
        command(
            List.of("poet", "{session_id}"), Map.of(), "d", new Beginning.Resume("s-1"));

    assertThat(resumed.arguments()).containsExactly("poet", "--resume", "s-1", "T1");
    assertThat(resumed.environment(Map.of())).containsEntry("ARCHMAGE_SESSION_ID", "s-1");
    FamiliarCommand fresh =
        command(List.of("poet", "{session_id}"), Map.of(), "d", new Beginning.Fresh());
    assertThat(fresh.arguments()).containsExactly("poet", "{session_id}");
    assertThat(fresh.environment(Map.of())).doesNotContainKey("ARCHMAGE_SESSION_ID");
  }

  private static FamiliarCommand command(
      List<String> command, Map<String, String> environment, String description) {
    return command(command, environment, description, new Beginning.Fresh());
  }

  private static FamiliarCommand command(
      List<String> command,
      Map<String, String> environment,
      String description,
      Beginning beginning) {
    FamiliarSettings settings =
        new FamiliarSettings(
            POET,
            command,
            environment,
            null,
            Duration.ofMinutes(1),
            null,
            false,
            List.of("poet", "--resume", "{session_id}", "{task_id}"));
    InvokeRequest request =
        new InvokeRequest(
            new RunKey("run", "e", "run"),
            "/r",
            "0".repeat(40),
            "T1",
            "poet",
            2,
            "0".repeat(40),
            null,
            1,
            null,
            false,
            null);
    return new FamiliarCommand(
        settings,
        TaskSpec.builder(new TaskId("T1"), POET).description(description).build(),
        request,
        new AttemptFolder(FOLDER),
        Path.of("/ws/files"),
        20_100,
        beginning);
  }
}
