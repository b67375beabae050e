package io.archmage.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands as people type them. */
final class Shell {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  private Shell() {}

  /** The text as one word of a POSIX shell. */
  static String word(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** The words as one command line. */
  static String line(List<String> words) {
    return words.stream().map(Shell::word).collect(Collectors.joining(" "));
  }
}
