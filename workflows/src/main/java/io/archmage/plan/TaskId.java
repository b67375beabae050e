package io.archmage.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name of a task, unique in its plan.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters, not blank, without control characters
 */
public record TaskId(@JsonValue String value) implements Comparable<TaskId> {

  /** The longest id, in UTF-16 characters. */
  public static final int MAX_LENGTH = 200;

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if it is blank, too long or has control characters
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TaskId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a task id must not be blank");
    }
    if (value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a task id has at most " + MAX_LENGTH + " characters, this one has " + value.length());
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a task id must not contain control characters");
    }
  }

  @Override
  public int compareTo(TaskId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
