package io.archmage.plan;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a plan or a configuration says about merging; what is null is said elsewhere or nowhere.
 *
 * @param result how the tasks' work is put together
 * @param rules for a smart merge, null for any other
 * @param git how the result comes on to the target branch
 */
public record MergeSettings(
    @Nullable ResultMerge result, @Nullable MergeRules rules, @Nullable GitMerge git) {

  /** Nothing said. */
  public static final MergeSettings NONE = new MergeSettings(null, null, null);

  /**
   * Checks that there are rules for a smart merge and for no other.
   *
   * @throws IllegalArgumentException if not
   */
  public MergeSettings {
    if ((result == ResultMerge.SMART_MERGE) != (rules != null)) {
      throw new IllegalArgumentException("rules belong to a smart merge: " + result);
    }
  }

  /** How the tasks' work is put together. */
  public enum ResultMerge {
    /** All of it, merged by lines. */
    COLLECT_ALL,
    /** The same: only changes are ever merged. */
    COLLECT_CHANGES,
    /** All of it, files that both sides changed by their declarations where lines conflict. */
    SMART_MERGE
  }

  /** How the result comes on to the target branch. */
  public enum GitMerge {
    /** With its history. */
    REGULAR,
    /** As one commit. */
    SQUASH
  }

  /** These settings, and where they say nothing, the others. */
  public MergeSettings over(MergeSettings others) {
    MergeSettings from = result == null ? others : this;
    return new MergeSettings(
        from.result, from.rules, git == null ? others.git : git);
  }

  /** The rules of a smart merge, empty if files are merged by their lines alone. */
  public Optional<MergeRules> smart() {
    return Optional.ofNullable(rules);
  }

  /** What happens where a person would have to decide, null if that is said elsewhere. */
  public @Nullable ConflictPolicy manual() {
    return rules == null ? null : rules.manual();
  }

  /** The value with that name, in lower case with underscores. */
  public static <E extends Enum<E>> E named(Class<E> type, String name) {
    for (E value : Objects.requireNonNull(type.getEnumConstants())) {
      if (value.name().equalsIgnoreCase(name)) {
        return value;
      }
    }
    throw new IllegalArgumentException("no such " + type.getSimpleName() + ": " + name);
  }
}
