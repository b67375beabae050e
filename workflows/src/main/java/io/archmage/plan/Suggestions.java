package io.archmage.plan;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name a user probably meant. */
public final class Suggestions {

  private static final int MAX_LENGTH = 64;

  private Suggestions() {}

  /**
   * The candidate with the smallest edit distance to the text, ignoring case, if it is near enough
   * to be a slip: a third of the text's characters, at least one. The first of equally near ones.
   */
  public static Optional<String> nearest(String text, Collection<String> candidates) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String wanted = text.toLowerCase(Locale.ROOT);
    int best = Math.max(1, wanted.length() / 3) + 1;
    Optional<String> nearest = Optional.empty();
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - wanted.length()) >= best) {
        continue;
      }
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
      if (distance < best && distance < Math.max(wanted.length(), candidate.length())) {
        best = distance;
        nearest = Optional.of(candidate);
      }
    }
    return nearest;
  }

  /** A sentence that asks for the nearest candidate, else the given sentence. */
  public static String didYouMean(String text, Collection<String> candidates, String otherwise) {
    return nearest(text, candidates)
        .map(name -> "Did you mean " + Quoted.of(name) + "?")
        .orElse(otherwise);
  }

  /**
   * Edits that turn one text into the other: insert, delete, replace or swap two neighbours (the
   * restricted Damerau-Levenshtein distance).
   */
  static int distance(String left, String right) {
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= right.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      for (int j = 1; j <= right.length(); j++) {
        int replace = cost[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[left.length()][right.length()];
  }
}
