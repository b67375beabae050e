package io.archmage.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import io.archmage.config.Configuration;
import io.archmage.plan.Suggestions;
import io.archmage.plan.document.DurationText;
import io.archmage.schedule.RetryRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Applies the configuration keys that a run sets for itself. */
final class SetOverrides {

  private static final String MAX_PARALLEL = "concurrency.max_parallel";
  private static final String MAX_RETRIES = "error_handling.max_retries";
  private static final String RETRY_DELAY = "error_handling.on_failure.retry_delay";
  private static final String INFER_RULES = "dependencies.infer_rules";
  private static final String FILE_CONFLICTS = "dependencies.file_conflict_check";
  private static final List<String> KEYS =
      List.of(MAX_PARALLEL, MAX_RETRIES, RETRY_DELAY, INFER_RULES, FILE_CONFLICTS);

  private final List<String> problems = new ArrayList<>();

  /** The configuration with the keys set; what is wrong is in {@link #problems}. */
  Configuration apply(Configuration base, Map<String, JsonNode> set) {
    Configuration result = base;
    for (Map.Entry<String, JsonNode> entry : new TreeMap<>(set).entrySet()) {
      result = one(result, entry.getKey(), entry.getValue());
    }
    return result;
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  private Configuration one(Configuration base, String key, JsonNode value) {
    RetryRule retry = base.retry();
    return switch (key) {
      case MAX_PARALLEL ->
        base.withMaxParallel(number(key, value, 1, Configuration.MAX_PARALLEL, base.maxParallel()));
      case MAX_RETRIES ->
        with(
            base,
            new RetryRule(
                number(key, value, 0, Configuration.MAX_RETRIES, retry.maxRetries()), retry.delay(),
                retry.coefficient()));
      case RETRY_DELAY ->
        with(
            base,
            new RetryRule(
                retry.maxRetries(),
                delay(key, value, retry.delay()),
                retry.coefficient()));
      case INFER_RULES ->
        flags(base, flag(key, value, base.inferRules()), base.fileConflictCheck());
      case FILE_CONFLICTS ->
        flags(base, base.inferRules(), flag(key, value, base.fileConflictCheck()));
      default -> {
        problems.add(
            "the configuration key \""
                + key
                + "\" cannot be set for one run. "
                + Suggestions.didYouMean(key, KEYS, "Known: " + String.join(", ", KEYS) + "."));
        yield base;
      }
    };
  }

  private int number(String key, JsonNode value, int min, int max, int otherwise) {
    if (value.isInt() && value.intValue() >= min && value.intValue() <= max) {
      return value.intValue();
    }
    problems.add(
        key + " must be a whole number from " + min + " to " + max + ", not " + value);
    return otherwise;
  }

  private Duration delay(String key, JsonNode value, Duration otherwise) {
    Optional<Duration> delay =
        value.isTextual()
            ? DurationText.parse(value.textValue())
            : Optional.of(value)
                .filter(JsonNode::canConvertToLong)
                .filter(JsonNode::isIntegralNumber)
                .map(number -> Duration.ofMillis(number.longValue()));
    Optional<Duration> usable =
        delay.filter(time -> !time.isNegative() && time.compareTo(DurationText.MAX) <= 0);
    if (usable.isEmpty()) {
      problems.add(
          key + " must be a duration such as 500ms or 5s, or milliseconds, not " + value);
    }
    return usable.orElse(otherwise);
  }

  private boolean flag(String key, JsonNode value, boolean otherwise) {
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    problems.add(key + " must be true or false, not " + value);
    return otherwise;
  }

  private static Configuration with(Configuration base, RetryRule retry) {
    return new Configuration(
        base.familiars(),
        base.maxParallel(),
        base.instances(),
        retry,
        base.inferRules(),
        base.fileConflictCheck(),
        base.excludes(),
        base.metrics());
  }

  private static Configuration flags(
      Configuration base, boolean inferRules, boolean fileConflictCheck) {
    return new Configuration(
        base.familiars(),
        base.maxParallel(),
        base.instances(),
        base.retry(),
        inferRules,
        fileConflictCheck,
        base.excludes(),
        base.metrics());
  }
}
