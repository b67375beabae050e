package io.archmage.cli;

/**
 * One row of docs/bad-inputs.md.
 *
 * @param input what is wrong
 * @param gets the exit code or the kind of failure
 * @param message the first thing that is printed
 * @param test what holds it: a Markdown link, or {@code Class#method}
 */
record BadInput(String input, String gets, String message, String test) {

  /** The row in Markdown. */
  String row() {
    return "| %s | %s | %s | %s |\n".formatted(input, gets, code(message), test);
  }

  /** A text without backticks as code in a cell. */
  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text.replace("`", "'").replace("|", "\\|") + "`";
  }
}
