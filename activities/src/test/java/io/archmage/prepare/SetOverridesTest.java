package io.archmage.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.config.Configuration;
import io.archmage.config.Limits;
import io.archmage.plan.ConflictPolicy;
import io.archmage.schedule.PersonRule;
import io.archmage.schedule.RetryRule;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetOverridesTest {

  private final SetOverrides overrides = new SetOverrides();

  @Test
  void shouldChangeNothingWhereNothingIsSet() throws JsonProcessingException {
    assertThat(apply("{}")).isEqualTo(Configuration.DEFAULT);
    assertThat(overrides.problems()).isEmpty();
  }

  @Test
  void shouldApplyEveryKeyAndKeepTheRest() throws JsonProcessingException {
    Configuration changed =
        apply(
            """
                {"concurrency.max_parallel": 9,
                 "error_handling.max_retries": 0,
                 "error_handling.on_failure.retry_delay": 20,
                 "error_handling.fail_fast": true,
                 "concurrency.global.max_parallel_tasks": 7,
                 "concurrency.resource_based.max_api_calls_per_minute": 30,
                 "concurrency.resource_based.max_total_tokens_per_minute": 100000,
                 "dependencies.infer_rules": false,
                 "dependencies.file_conflict_check": false}
                """);

    assertThat(overrides.problems()).isEmpty();
    assertThat(changed.maxParallel()).isEqualTo(9);
    assertThat(changed.retry()).isEqualTo(new RetryRule(0, Duration.ofMillis(20), 1.0));
    assertThat(changed.failFast()).isTrue();
    assertThat(changed.limits())
        .isEqualTo(new Limits(7, new TreeMap<>(), 30, 100_000, new TreeMap<>()));
    assertThat(changed.inferRules()).isFalse();
    assertThat(changed.fileConflictCheck()).isFalse();
    assertThat(changed)
        .usingRecursiveComparison()
        .ignoringFields(
            "maxParallel", "retry", "failFast", "limits", "inferRules", "fileConflictCheck")
        .isEqualTo(Configuration.DEFAULT);
  }

  @Test
  void shouldReadTheDelayAsTheConfigurationDoes() throws JsonProcessingException {
    assertThat(apply("{\"error_handling.on_failure.retry_delay\": \"2m\"}").retry().delay())
        .isEqualTo(Duration.ofMinutes(2));
    assertThat(overrides.problems()).isEmpty();
  }

  @Test
  void shouldSayWhenAPersonIsAsked() throws JsonProcessingException {
    Configuration changed =
        apply(
            """
                {"error_handling.on_conflict": "ask",
                 "error_handling.on_failure.then": "escalate"}
                """);

    assertThat(overrides.problems()).isEmpty();
    assertThat(changed.person().rule()).isEqualTo(new PersonRule(ConflictPolicy.ASK, true));
  }

  @Test
  void shouldSayWhatAFailureUndoes() throws JsonProcessingException {
    String undo = "\"error_handling.on_cascade_failure.preserve_successful\": false";

    assertThat(apply("{%s}".formatted(undo)).rollback().rule().undo()).isTrue();
    assertThat(
        apply("{%s, \"error_handling.on_failure.then\": \"fail\"}".formatted(undo))
            .rollback()
            .rule()
            .undo())
        .isFalse();
    assertThat(overrides.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "concurrency.max_parallel | 0 | must be a whole number from 1 to 10000, not 0",
        "concurrency.max_parallel | 10001 | must be a whole number from 1 to 10000, not 10001",
        "concurrency.max_parallel | \"4\" | must be a whole number from 1 to 10000, not \"4\"",
        "concurrency.max_parallel | null | must be a whole number from 1 to 10000, not null",
        "error_handling.max_retries | 101 | must be a whole number from 0 to 100, not 101",
        "error_handling.max_retries | -1 | must be a whole number from 0 to 100, not -1",
        "error_handling.on_failure.retry_delay | -1 | must be a duration such as 500ms or 5s, or"
            + " milliseconds, not -1",
        "error_handling.on_failure.retry_delay | \"soon\" | must be a duration such as 500ms or"
            + " 5s, or milliseconds, not \"soon\"",
        "error_handling.on_failure.retry_delay | 99999999999999 | must be a duration such as"
            + " 500ms or 5s, or milliseconds, not 99999999999999",
        "error_handling.fail_fast | 1 | must be true or false, not 1",
        "concurrency.global.max_parallel_tasks | 0 | must be a whole number from 1 to 10000, not 0",
        "concurrency.resource_based.max_api_calls_per_minute | 0 | must be a whole number from 1"
            + " to 1000000000, not 0",
        "concurrency.resource_based.max_total_tokens_per_minute | \"9\" | must be a whole number"
            + " from 1 to 1000000000, not \"9\"",
        "error_handling.on_conflict | \"wait\" | must be one of rerun, ask, not \"wait\"",
        "error_handling.on_failure.then | true | must be one of rollback, fail, escalate, not true",
        "error_handling.on_cascade_failure.preserve_successful | 0 | must be true or false, not 0",
        "dependencies.infer_rules | 1 | must be true or false, not 1",
        "dependencies.file_conflict_check | \"no\" | must be true or false, not \"no\""
      })
  void shouldRefuseWhatTheConfigurationWouldRefuse(String key, String value, String message)
      throws JsonProcessingException {
    assertThat(apply("{\"%s\": %s}".formatted(key, value))).isEqualTo(Configuration.DEFAULT);
    assertThat(overrides.problems()).containsExactly(key + " " + message);
  }

  @Test
  void shouldNameAllProblemsWithTheNearestKey() throws JsonProcessingException {
    apply("{\"concurrency.max_paralel\": 2, \"familiars\": {}}");

    assertThat(overrides.problems())
        .containsExactly(
            "the configuration key \"concurrency.max_paralel\" cannot be set for one run."
                + " Did you mean \"concurrency.max_parallel\"?",
            "the configuration key \"familiars\" cannot be set for one run. Known:"
                + " concurrency.max_parallel, concurrency.global.max_parallel_tasks,"
                + " concurrency.resource_based.max_api_calls_per_minute,"
                + " concurrency.resource_based.max_total_tokens_per_minute,"
                + " error_handling.max_retries, error_handling.on_failure.retry_delay,"
                + " error_handling.on_failure.then,"
                + " error_handling.on_cascade_failure.preserve_successful,"
                + " error_handling.on_conflict,"
                + " error_handling.fail_fast, dependencies.infer_rules,"
                + " dependencies.file_conflict_check.");
  }

  private Configuration apply(String json) throws JsonProcessingException {
    Map<String, JsonNode> set = new ObjectMapper().readValue(json, new TypeReference<>() {});
    return overrides.apply(Configuration.DEFAULT, set);
  }
}
