package io.archmage.cli;

import io.archmage.report.ShellWord;
import java.util.List;
import java.util.stream.Collectors;

/** Commands as people type them. */
final class Shell {

  private Shell() {}

  /** The text as one word of a POSIX shell. */
  static String word(String text) {
    return ShellWord.of(text);
  }

  /** The words as one command line. */
  static String line(List<String> words) {
    return words.stream().map(Shell::word).collect(Collectors.joining(" "));
  }
}
