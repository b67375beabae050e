package io.archmage.gc;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param kind what it is
 * @param what its name: the beginning of refs, or a path
 * @param run the run that left it, or null
 * @param removed whether it is removed, or would be in a dry run
 * @param count how many refs or files
 * @param bytes how much room it takes; 0 for refs
 * @param because why
 * @param refs the single refs with unmerged work, in a run's row; else empty
 */
public record GcItem(
    Kind kind,
    String what,
    @Nullable String run,
    boolean removed,
    long count,
    long bytes,
    String because,
    List<String> refs) {

  /** Copies the list. */
  public GcItem {
    refs = List.copyOf(refs);
  }

  /** Kinds of things. */
  public enum Kind {
    /** Refs of a run with its branch. */
    REFS,
    /** A run's folder on this machine. */
    FOLDER,
    /** A log of a worker or a server. */
    LOG,
    /** A lock file whose owner is dead. */
    LOCK;

    /** The name in documents: lower case. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Something that is removed. */
  static GcItem removed(
      Kind kind, String what, @Nullable String run, long count, long bytes, String because) {
    return new GcItem(kind, what, run, true, count, bytes, because, List.of());
  }

  /** Something that stays. */
  static GcItem kept(
      Kind kind, String what, @Nullable String run, long count, long bytes, String because) {
    return new GcItem(kind, what, run, false, count, bytes, because, List.of());
  }
}
