package io.archmage.plan.document;

import io.archmage.plan.ProblemCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Reads nodes as durations. */
public final class DurationReader {

  private static final BigDecimal MAX_MILLIS = BigDecimal.valueOf(DurationText.MAX.toMillis());
  private static final int MAX_EXPONENT = 30;
  private static final String FORMS = "500ms, 30s, 5m, 2h or 7d";

  private final ValueReader values;

  /** A reader that reports its problems there. */
  public DurationReader(ValueReader values) {
    this.values = values;
  }

  /**
   * A duration from min to {@link DurationText#MAX}, as text with a unit or, where the key allows
   * it, as a number. Anything else is a problem and gives empty.
   */
  public Optional<Duration> read(Node node, String what, BareNumber bare, Duration min) {
    if (!(node instanceof Scalar scalar)) {
      return values.wrong(node, what, expected(bare), "Write " + expected(bare) + ".");
    }
    return switch (scalar.type()) {
      case STRING -> ofText(scalar, what, bare, min);
      case INTEGER, DECIMAL -> ofNumber(scalar, what, bare, min);
      case BOOLEAN, NULL ->
        values.wrong(node, what, expected(bare), "Write " + expected(bare) + ".");
    };
  }

  private Optional<Duration> ofText(Scalar scalar, String what, BareNumber bare, Duration min) {
    boolean named = bare == BareNumber.SECONDS || bare == BareNumber.MINUTES;
    Optional<Duration> parsed = named ? Optional.empty() : DurationText.parse(scalar.text());
    if (parsed.isEmpty()) {
      return invalid(scalar, what, bare);
    }
    return inRange(scalar, what, parsed.get(), min);
  }

  private Optional<Duration> ofNumber(Scalar scalar, String what, BareNumber bare, Duration min) {
    Optional<BigDecimal> amount =
        scalar.decimal().filter(number -> Math.abs((long) number.scale()) <= MAX_EXPONENT);
    Optional<BigDecimal> millis = amount.flatMap(bare::toMillis);
    if (millis.isEmpty()) {
      return invalid(scalar, what, bare);
    }
    if (millis.get().compareTo(MAX_MILLIS) > 0 || millis.get().signum() < 0) {
      return outOfRange(scalar, what, min);
    }
    return inRange(scalar, what, Duration.ofMillis(millis.get().longValue()), min);
  }

  private Optional<Duration> inRange(Scalar scalar, String what, Duration value, Duration min) {
    boolean inside = value.compareTo(min) >= 0 && value.compareTo(DurationText.MAX) <= 0;
    return inside ? Optional.of(value) : outOfRange(scalar, what, min);
  }

  private Optional<Duration> invalid(Scalar scalar, String what, BareNumber bare) {
    values.problem(
        scalar.position(),
        ProblemCode.INVALID_DURATION,
        what + " is " + scalar.describe() + ", expected " + expected(bare),
        bare == BareNumber.REFUSED && scalar.type() == ScalarType.INTEGER
            ? "Add a unit, such as \"" + scalar.text() + "s\"."
            : "Write " + expected(bare) + ".");
    return Optional.empty();
  }

  private Optional<Duration> outOfRange(Scalar scalar, String what, Duration min) {
    String range =
        "from " + DurationText.format(min) + " to " + DurationText.format(DurationText.MAX);
    values.problem(
        scalar.position(),
        ProblemCode.OUT_OF_RANGE,
        what + " is " + scalar.describe() + ", expected a duration " + range,
        "Write a duration " + range + ".");
    return Optional.empty();
  }

  private static String expected(BareNumber bare) {
    return switch (bare) {
      case REFUSED -> "a duration such as " + FORMS;
      case MILLISECONDS -> "a duration such as " + FORMS + ", or a number of milliseconds";
      case SECONDS -> "a number of seconds";
      case MINUTES -> "a number of minutes";
    };
  }
}
