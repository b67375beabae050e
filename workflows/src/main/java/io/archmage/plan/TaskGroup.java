package io.archmage.plan;

import org.jspecify.annotations.Nullable;

/**
 * Tasks that share a branch: an epic, a parallel group or a scope.
 *
 * @param id what the tasks call it, never blank
 * @param kind what its branch's name begins with
 * @param name what it is called for people, or null
 */
public record TaskGroup(String id, Kind kind, @Nullable String name) {

  /** What a plan calls a group. */
  public enum Kind {
    /** An epic; its branch says so and carries its number. */
    EPIC,
    /** Any other group. */
    GROUP
  }

  /** Its name, else its id. */
  public String title() {
    return name == null || name.isBlank() ? id : name.strip();
  }
}
