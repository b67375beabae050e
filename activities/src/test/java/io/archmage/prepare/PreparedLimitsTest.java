package io.archmage.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.contract.PrepareRequest;
import io.archmage.contract.PreparedLimits;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedRate;
import io.archmage.contract.RunOptions;
import io.archmage.project.Project;
import io.archmage.schedule.Rate;
import io.archmage.schedule.RateUnit;
import io.archmage.schedule.ScheduleModel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreparedLimitsTest extends PrepareFixture {

  private static final String FAMILIARS =
      "familiars: {codex: {command: [sh]}, gemini: {command: [sh]}}\n";
  private static final String PLAN =
      "tasks: [{id: A, familiar: gemini, description: a}, {id: B, familiar: codex,"
          + " description: b}]";

  @Test
  void shouldCarryWhatConcernsThePlan() throws Exception {
    PreparedPlan plan =
        prepare(
            """
                concurrency:
                  global: {max_parallel_familiars: 6, max_parallel_tasks: 5}
                  per_familiar:
                    codex: {rate_limit: 10/minute}
                    stitch: {rate_limit: 5/minute}
                  resource_based:
                    {max_total_tokens_per_minute: 100000, max_api_calls_per_minute: 30}
                error_handling: {fail_fast: true}
                """);

    assertThat(plan.maxParallel()).isEqualTo(5);
    assertThat(plan.limits())
        .isEqualTo(
            new PreparedLimits(
                List.of(new PreparedRate(1, 10, RateUnit.MINUTE)), 30, 100_000L, true,
                List.of()));
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readValue(json.writeValueAsString(plan.limits()), PreparedLimits.class))
        .isEqualTo(plan.limits());
    ScheduleModel model = plan.scheduled(plan.tasks());
    assertThat(model.failFast()).isTrue();
    assertThat(model.rates().familiars())
        .containsExactly(Map.entry(1, new Rate(10, RateUnit.MINUTE)));
    assertThat(model.rates().callsPerMinute()).isEqualTo(30);
    assertThat(model.rates().tokensPerMinute()).isEqualTo(100_000L);
  }

  @Test
  void shouldCarryNothingWhereNothingIsLimited() {
    assertThat(prepare("").limits()).isNull();
    assertThat(prepare("concurrency: {per_familiar: {stitch: {rate_limit: 1/hour}}}").limits())
        .isNull();
  }

  private PreparedPlan prepare(String keys) {
    Project project =
        new Project(
            repository,
            user.directory(),
            configuration(FAMILIARS + keys),
            "0".repeat(64),
            temp.resolve("state").resolve(repository.repoId()));
    PrepareRequest request =
        new PrepareRequest("r", "e", null, user.directory().toString(), RunOptions.NONE);
    return new PlanPreparation(project, request).prepare(PLAN.getBytes(StandardCharsets.UTF_8));
  }
}
