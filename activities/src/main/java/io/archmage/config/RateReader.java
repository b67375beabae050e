package io.archmage.config;

import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.Scalar;
import io.archmage.plan.document.ScalarType;
import io.archmage.schedule.Rate;
import io.archmage.schedule.RateUnit;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads rates: a whole number, a slash and {@code second}, {@code minute} or {@code hour}. */
final class RateReader {

  private static final Pattern RATE = Pattern.compile("(0|[1-9][0-9]*)/(second|minute|hour)");
  private static final String FIX =
      "Write a whole number, a slash, and second, minute or hour, such as 10/minute.";

  private RateReader() {}

  /** The rate, or empty after a problem. */
  static Optional<Rate> read(MappingReader reader, Mapping.Entry entry) {
    String what = reader.what(entry.key());
    if (!(entry.value() instanceof Scalar scalar) || scalar.type() != ScalarType.STRING) {
      return reader.values().wrong(entry.value(), what, "a rate such as 10/minute", FIX);
    }
    Matcher matcher = RATE.matcher(scalar.text());
    if (!matcher.matches()) {
      return problem(
          reader,
          entry,
          ProblemCode.INVALID_VALUE,
          what + " is " + Quoted.of(scalar.text()) + ", expected a rate such as 10/minute",
          FIX);
    }
    BigInteger starts = new BigInteger(matcher.group(1));
    if (starts.signum() == 0) {
      return problem(
          reader,
          entry,
          ProblemCode.OUT_OF_RANGE,
          what + " is " + Quoted.of(scalar.text()) + ", so that nothing could ever start",
          "Write at least 1, or remove the key for no limit.");
    }
    if (starts.compareTo(BigInteger.valueOf(Rate.MAX_STARTS)) > 0) {
      return problem(
          reader,
          entry,
          ProblemCode.OUT_OF_RANGE,
          what + " is " + Quoted.of(scalar.text()) + ", expected at most " + Rate.MAX_STARTS,
          "Write a smaller number, or remove the key for no limit.");
    }
    return Optional.of(
        new Rate(
            starts.intValueExact(),
            RateUnit.valueOf(matcher.group(2).toUpperCase(Locale.ROOT))));
  }

  private static Optional<Rate> problem(
      MappingReader reader, Mapping.Entry entry, ProblemCode code, String message, String fix) {
    reader.values().problem(entry.value().position(), code, message, fix);
    return Optional.empty();
  }
}
