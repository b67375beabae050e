package io.archmage.plan.document;

import io.archmage.plan.Position;
import io.archmage.plan.Quoted;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/**
 * A value without parts.
 *
 * @param type what the document says it is
 * @param text the text of a string; else the value as written
 * @param position where it begins
 */
public record Scalar(ScalarType type, String text, Position position) implements Node {

  private static final int MAX_DIGITS = 1_000;

  /** The value of an integer (decimal, {@code 0x} or {@code 0o}); empty for all else. */
  public Optional<BigInteger> integer() {
    if (type != ScalarType.INTEGER || text.length() > MAX_DIGITS) {
      return Optional.empty();
    }
    String digits = text.startsWith("+") ? text.substring(1) : text;
    if (digits.startsWith("0x")) {
      return Optional.of(new BigInteger(digits.substring(2), 16));
    }
    if (digits.startsWith("0o")) {
      return Optional.of(new BigInteger(digits.substring(2), 8));
    }
    return Optional.of(new BigInteger(digits));
  }

  /** The value of a finite number, whole or not; empty for all else. */
  public Optional<BigDecimal> decimal() {
    if (type == ScalarType.INTEGER) {
      return integer().map(BigDecimal::new);
    }
    if (type != ScalarType.DECIMAL || text.length() > MAX_DIGITS) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether it is the boolean true. */
  public boolean isTrue() {
    return type == ScalarType.BOOLEAN && text.toLowerCase(Locale.ROOT).equals("true");
  }

  @Override
  public String describe() {
    return switch (type) {
      case STRING -> "the text " + Quoted.of(text);
      case INTEGER, DECIMAL -> "the number " + shortened();
      case BOOLEAN -> text.toLowerCase(Locale.ROOT);
      case NULL -> "nothing";
    };
  }

  private String shortened() {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
