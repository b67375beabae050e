package io.archmage.server;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a {@code temporal} executable.
 *
 * @param major first number
 * @param minor second number
 * @param patch third number
 */
public record CliVersion(int major, int minor, int patch) implements Comparable<CliVersion> {
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");
  private static final Pattern ANSWER = Pattern.compile("temporal version (\\d+\\.\\d+\\.\\d+)");
  private static final Comparator<CliVersion> ORDER =
      Comparator.comparingInt(CliVersion::major)
          .thenComparingInt(CliVersion::minor)
          .thenComparingInt(CliVersion::patch);

  /**
   * Reads {@code 1.9.1}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static CliVersion parse(String text) {
    Matcher numbers = NUMBERS.matcher(text);
    if (!numbers.matches()) {
      throw new IllegalArgumentException("not a version: " + text);
    }
    return new CliVersion(
        Integer.parseInt(numbers.group(1)),
        Integer.parseInt(numbers.group(2)),
        Integer.parseInt(numbers.group(3)));
  }

  /** Reads what {@code temporal --version} prints; empty if it is not that program's answer. */
  static Optional<CliVersion> ofAnswer(String output) {
    Matcher answer = ANSWER.matcher(output);
    return answer.find() ? Optional.of(parse(answer.group(1))) : Optional.empty();
  }

  @Override
  public int compareTo(CliVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
