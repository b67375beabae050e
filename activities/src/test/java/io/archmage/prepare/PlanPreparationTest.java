package io.archmage.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.contract.PrepareRequest;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedTask;
import io.archmage.contract.RunOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanPreparationTest extends PrepareFixture {

  @ParameterizedTest
  @CsvSource(nullValues = "none", value = {"manual, ask", "rerun, rerun", "none, rerun"})
  void shouldCarryWhatHappensToConflicts(String written, String carried) {
    user.write("src/auth/a.txt", "a").commit("modules");
    String merge = written == null ? "" : "merge: {conflict_resolution: " + written + "}\n";

    PreparedPlan plan =
        prepare("split: {input: src}\nparallel_tasks: {familiar: codex}\n" + merge);

    assertThat(plan.conflicts()).isEqualTo(carried);
    assertThat(plan.execution().key()).isEqualTo("fan_out_fan_in");
    assertThat(plan.tasks()).extracting(PreparedTask::id).containsExactly("auth");
  }

  @Test
  void shouldLetEachStepNeedTheOneBeforeIt() {
    PreparedPlan plan =
        prepare(
            """
                steps:
                  - {familiar: gemini, action: analyze, output_key: findings}
                  - {familiar: codex, action: fix}
                  - {familiar: codex, action: verify, input_from: findings}
                """);

    assertThat(plan.conflicts()).isEqualTo("rerun");
    assertThat(plan.notes()).isEmpty();
    assertThat(plan.tasks())
        .extracting(PreparedTask::needs)
        .containsExactly(List.of(), List.of(0), List.of(0, 1));
    assertThat(plan.tasks()).extracting(PreparedTask::after).containsOnly(List.of());
  }

  @ParameterizedTest
  @CsvSource({"pause_and_notify, ask", "rerun, rerun"})
  void shouldCarryWhatASmartMergeSaysOfConflicts(String written, String carried) {
    PreparedPlan plan =
        prepare(
            "tasks: [{id: A, familiar: codex}]\nmerge_strategy: {type: smart_merge,"
                + " conflict_handling: {manual_required: " + written + "}}\n");

    assertThat(plan.conflicts()).isEqualTo(carried);
    assertThat(plan.mergeStrategy()).isEqualTo("regular");
  }

  @Test
  void shouldCarryHowThePlanIsPublished() {
    PreparedPlan plan =
        prepare("tasks: [{id: A, familiar: codex}]\nmerge_strategy: squash\n");
    assertThat(plan.mergeStrategy()).isEqualTo("squash");
  }

  private PreparedPlan prepare(String document) {
    PrepareRequest request =
        new PrepareRequest(
            "r", "execution", null, user.directory().toString(), RunOptions.NONE);
    return new PlanPreparation(project(), request)
        .prepare(document.getBytes(StandardCharsets.UTF_8));
  }
}
