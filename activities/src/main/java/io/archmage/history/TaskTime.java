package io.archmage.history;

import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long a task took that succeeded.
 *
 * @param kind what kind of task it was
 * @param runMs run time of its last process in milliseconds, positive
 */
public record TaskTime(Kind kind, long runMs) {

  /**
   * Tasks that are expected to take about as long as each other.
   *
   * @param familiar who does them
   * @param action the kind of work in lower case, empty if they do not say
   */
  public record Kind(String familiar, String action) implements Comparable<Kind> {

    private static final Comparator<Kind> ORDER =
        Comparator.comparing(Kind::familiar).thenComparing(Kind::action);

    /** The kind of a task with that action, null if it has none. */
    public static Kind of(String familiar, @Nullable String action) {
      return new Kind(familiar, action == null ? "" : action.strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public int compareTo(Kind other) {
      return ORDER.compare(this, other);
    }
  }
}
