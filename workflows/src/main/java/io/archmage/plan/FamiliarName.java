package io.archmage.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The name of a familiar, as in the plan and in the configuration.
 *
 * @param value a letter or digit, then letters, digits, {@code . _ -}; at most 64 characters
 */
public record FamiliarName(@JsonValue String value) implements Comparable<FamiliarName> {

  /** First of all: the constants below are checked against it. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** The familiar of the plan's own steps: it starts no process and succeeds at once. */
  public static final FamiliarName ARCHMAGE = new FamiliarName("archmage");

  /** Names that are known without being configured. */
  public static final List<FamiliarName> BUILT_IN =
      List.of(
          new FamiliarName("codex"),
          new FamiliarName("gemini"),
          new FamiliarName("claude"),
          new FamiliarName("stitch"),
          new FamiliarName("reviewer"),
          new FamiliarName("opencode"),
          new FamiliarName("copilot"),
          new FamiliarName("qwen"),
          ARCHMAGE);

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if it has another form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public FamiliarName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a familiar's name is letters, digits, '.', '_' and '-', at most 64 characters");
    }
  }

  @Override
  public int compareTo(FamiliarName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
