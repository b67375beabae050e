package io.archmage.config;

import io.archmage.plan.ConflictPolicy;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.document.BareNumber;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.Scalar;
import io.archmage.schedule.PersonRule;
import io.archmage.schedule.RetryRule;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the keys of {@code error_handling}, nested and flat; where both speak the nested wins. */
final class ErrorHandlingReader {

  private static final Key MAX_RETRIES = Key.of("max_retries");
  private static final Key THEN = Key.of("then");
  private static final Key ON_CONFLICT = Key.of("on_conflict");

  private final MappingReader reader;
  private int maxRetries = RetryRule.DEFAULT.maxRetries();
  private Duration delay = RetryRule.DEFAULT.delay();
  private double coefficient = RetryRule.DEFAULT.coefficient();
  private boolean failFast;
  private ConflictPolicy conflicts = PersonRule.NEVER.conflicts();
  private boolean enabled = RollbackSettings.DEFAULT.enabled();
  private boolean checkpoints = RollbackSettings.DEFAULT.checkpoints();
  private boolean restore = RollbackSettings.DEFAULT.restore();
  private boolean chain = RollbackSettings.DEFAULT.chain();
  private boolean preserve = RollbackSettings.DEFAULT.preserve();
  private Optional<String> then = Optional.empty();

  ErrorHandlingReader(MappingReader reader) {
    this.reader = reader;
  }

  RetryRule read() {
    retries(reader);
    boolean retry = reader.bool(Key.of("retry_failed")).orElse(true);
    reader.bool(Key.of("rollback_on_cascade")).ifPresent(value -> chain = value);
    reader.mapping(Key.of("on_failure"), null).ifPresent(this::onFailure);
    reader.mapping(Key.of("on_cascade_failure"), null).ifPresent(this::onCascade);
    reader.mapping(Key.of("rollback"), null).ifPresent(this::rollback);
    reader.bool(Key.of("fail_fast")).ifPresent(value -> failFast = value);
    reader.choice(ON_CONFLICT, ConflictPolicy.KEYS)
        .flatMap(ConflictPolicy::ofKey)
        .ifPresent(value -> conflicts = value);
    reader.finish();
    return new RetryRule(retry ? maxRetries : 0, delay, coefficient);
  }

  /** Whether the first task that fails for good ends the run; known once it was read. */
  boolean failFast() {
    return failFast;
  }

  /** When a task waits for a person; to be asked for after {@link #read}. */
  PersonRule person() {
    return new PersonRule(
        conflicts, then.map(PersonRules.ESCALATE::equals).orElse(!enabled));
  }

  /** What is recorded and undone; to be asked for after {@link #read}. */
  RollbackSettings rollback() {
    return new RollbackSettings(
        enabled,
        checkpoints,
        restore,
        chain,
        preserve,
        then.filter(PersonRules.FAIL::equals).isPresent());
  }

  private void retries(MappingReader keys) {
    OptionalInt retries = keys.integer(MAX_RETRIES, 0, Configuration.MAX_RETRIES);
    if (retries.isPresent()) {
      maxRetries = retries.getAsInt();
    }
  }

  private void onFailure(MappingReader keys) {
    keys.choice(Key.of("strategy"), List.of("isolate_and_retry"));
    retries(keys);
    keys.duration(Key.of("retry_delay"), BareNumber.MILLISECONDS, Duration.ZERO)
        .ifPresent(value -> delay = value);
    keys.entry(Key.of("backoff_coefficient")).ifPresent(entry -> backoff(keys, entry));
    then = keys.choice(THEN, PersonRules.THEN);
    keys.finish();
  }

  private void backoff(MappingReader keys, Mapping.Entry entry) {
    Optional<BigDecimal> number =
        entry.value() instanceof Scalar scalar ? scalar.decimal() : Optional.empty();
    double value = number.map(BigDecimal::doubleValue).orElse(0.0);
    if (value >= 1 && value <= 100) {
      coefficient = value;
    } else {
      keys.values()
          .problem(
              entry.value().position(),
              ProblemCode.OUT_OF_RANGE,
              keys.what(entry.key()) + " must be a number from 1 to 100",
              "Write 1 for a constant delay or 2 to double it each time.");
    }
  }

  private void onCascade(MappingReader keys) {
    keys.choice(Key.of("strategy"), List.of("rollback_chain")).ifPresent(value -> chain = true);
    keys.bool(Key.of("preserve_successful")).ifPresent(value -> preserve = value);
    keys.finish();
  }

  private void rollback(MappingReader keys) {
    keys.bool(Key.of("enabled")).ifPresent(value -> enabled = value);
    keys.bool(Key.of("checkpoint_before_parallel")).ifPresent(value -> checkpoints = value);
    keys.bool(Key.of("restore_on_failure")).ifPresent(value -> restore = value);
    if (!enabled && then.filter(PersonRules.ROLLBACK::equals).isPresent()) {
      keys.values()
          .problem(
              keys.entry(Key.of("enabled")).orElseThrow().value().position(),
              ProblemCode.CONFLICTING_KEYS,
              keys.what("enabled") + " is false, but on_failure.then is rollback",
              "Remove one of them, or write then: fail or then: escalate.");
    }
    keys.finish();
  }
}
