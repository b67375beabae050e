package io.archmage.simulation;

import java.util.function.Consumer;
import java.util.function.Function;

/** An activity as the server sees it, over all its tries. */
final class Activity {

  /** How it ended, as the workflow hears of it. */
  sealed interface End {
    record Done(Object result) implements End {}

    /** A failure of the familiar, which is never tried again. */
    record Familiar(FamiliarFailed failure) implements End {}

    /** Trouble of the host, after the last try. */
    record Lost(String why) implements End {}

    record Cancelled() implements End {}
  }

  final String name;
  final long key;
  final Function<ActivityRun, Object> body;
  final Consumer<End> onEnd;
  int tries;
  boolean open = true;
  boolean cancelWanted;
  ActivityRun current;

  /**
   * Tries that a host which gives up lets pass. A merge that was made and never told of, in twenty
   * tries, is reported as failed; no check here covers that.
   */
  int mostGoodTries(Draws draws) {
    return name.startsWith("merge") ? 0 : draws.below(3, "tries", key);
  }

  /** An activity with a key for its draws. */
  Activity(
      String name,
      long key,
      Function<ActivityRun, Object> body,
      Consumer<End> onEnd) {
    this.name = name;
    this.key = key;
    this.body = body;
    this.onEnd = onEnd;
  }
}
