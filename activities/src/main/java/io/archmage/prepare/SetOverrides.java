package io.archmage.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import io.archmage.config.Configuration;
import io.archmage.config.Limits;
import io.archmage.config.PersonRules;
import io.archmage.plan.ConflictPolicy;
import io.archmage.plan.Suggestions;
import io.archmage.plan.document.DurationText;
import io.archmage.schedule.PersonRule;
import io.archmage.schedule.RateLimits;
import io.archmage.schedule.RetryRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Applies the configuration keys that a run sets for itself. */
final class SetOverrides {

  private static final String MAX_PARALLEL = "concurrency.max_parallel";
  private static final String MAX_TASKS = "concurrency.global.max_parallel_tasks";
  private static final String MAX_CALLS = "concurrency.resource_based.max_api_calls_per_minute";
  private static final String MAX_TOKENS =
      "concurrency.resource_based.max_total_tokens_per_minute";
  private static final String FAIL_FAST = "error_handling.fail_fast";
  private static final String MAX_RETRIES = "error_handling.max_retries";
  private static final String RETRY_DELAY = "error_handling.on_failure.retry_delay";
  private static final String THEN = "error_handling.on_failure.then";
  private static final String PRESERVE =
      "error_handling.on_cascade_failure.preserve_successful";
  private static final String ON_CONFLICT = "error_handling.on_conflict";
  private static final String INFER_RULES = "dependencies.infer_rules";
  private static final String FILE_CONFLICTS = "dependencies.file_conflict_check";
  private static final List<String> KEYS =
      List.of(
          MAX_PARALLEL,
          MAX_TASKS,
          MAX_CALLS,
          MAX_TOKENS,
          MAX_RETRIES,
          RETRY_DELAY,
          THEN,
          PRESERVE,
          ON_CONFLICT,
          FAIL_FAST,
          INFER_RULES,
          FILE_CONFLICTS);

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
    Limits limits = base.limits();
    return switch (key) {
      case MAX_PARALLEL ->
        base.withMaxParallel(number(key, value, 1, Configuration.MAX_PARALLEL, base.maxParallel()));
      case MAX_TASKS ->
        limited(
            base,
            number(key, value, 1, Configuration.MAX_PARALLEL, limits.maxParallelTasks()),
            limits.callsPerMinute(),
            limits.tokensPerMinute());
      case MAX_CALLS ->
        limited(
            base,
            limits.maxParallelTasks(),
            amount(key, value, limits.callsPerMinute()),
            limits.tokensPerMinute());
      case MAX_TOKENS ->
        limited(
            base,
            limits.maxParallelTasks(),
            limits.callsPerMinute(),
            amount(key, value, limits.tokensPerMinute()));
      case FAIL_FAST -> base.withFailFast(flag(key, value, base.failFast()));
      case MAX_RETRIES ->
        base.withRetry(
            new RetryRule(
                number(key, value, 0, Configuration.MAX_RETRIES, retry.maxRetries()), retry.delay(),
                retry.coefficient()));
      case RETRY_DELAY ->
        base.withRetry(
            new RetryRule(
                retry.maxRetries(),
                delay(key, value, retry.delay()),
                retry.coefficient()));
      case THEN -> then(base, choice(key, value, PersonRules.THEN));
      case PRESERVE ->
        base.withRollback(
            base.rollback().withPreserve(flag(key, value, base.rollback().preserve())));
      case ON_CONFLICT ->
        asking(
            base,
            new PersonRule(
                ConflictPolicy.ofKey(choice(key, value, ConflictPolicy.KEYS)).orElseThrow(),
                base.person().rule().escalate()));
      case INFER_RULES ->
        base.withDetection(
            flag(key, value, base.inferRules()), base.fileConflictCheck());
      case FILE_CONFLICTS ->
        base.withDetection(
            base.inferRules(), flag(key, value, base.fileConflictCheck()));
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

  private @Nullable Integer amount(String key, JsonNode value, @Nullable Integer otherwise) {
    int number = number(key, value, 1, RateLimits.MAX_AMOUNT, 0);
    return number == 0 ? otherwise : Integer.valueOf(number);
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

  private String choice(String key, JsonNode value, List<String> choices) {
    if (value.isTextual() && choices.contains(value.textValue())) {
      return value.textValue();
    }
    problems.add(key + " must be one of " + String.join(", ", choices) + ", not " + value);
    return choices.getFirst();
  }

  private boolean flag(String key, JsonNode value, boolean otherwise) {
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    problems.add(key + " must be true or false, not " + value);
    return otherwise;
  }

  private static Configuration then(Configuration base, String word) {
    return asking(
        base,
        new PersonRule(
            base.person().rule().conflicts(), word.equals(PersonRules.ESCALATE)))
        .withRollback(base.rollback().withFailOnly(word.equals(PersonRules.FAIL)));
  }

  private static Configuration asking(Configuration base, PersonRule rule) {
    return base.withPerson(base.person().withRule(rule));
  }

  private static Configuration limited(
      Configuration base, int maxTasks, @Nullable Integer calls, @Nullable Integer tokens) {
    return base.withLimits(new Limits(
        maxTasks, base.limits().rates(), calls, tokens, base.limits().resources()));
  }
}
