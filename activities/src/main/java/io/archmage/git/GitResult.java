package io.archmage.git;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a git process left behind.
 *
 * @param argv the whole command line
 * @param arguments the part of it the caller chose
 * @param exitCode -1 if the time limit ended it
 * @param output standard output; not copied
 * @param stderr standard error
 */
public record GitResult(
    List<String> argv, List<String> arguments, int exitCode, byte[] output, String stderr) {
  /** Copies the lists. */
  public GitResult {
    argv = List.copyOf(argv);
    arguments = List.copyOf(arguments);
  }

  /** Tells whether the exit code is 0. */
  public boolean succeeded() {
    return exitCode == 0;
  }

  /** Returns standard output as text without white space at its end. */
  public String text() {
    return new String(output, StandardCharsets.UTF_8).stripTrailing();
  }

  /** Returns the NUL-terminated fields of standard output. */
  public List<byte[]> fields() {
    return GitPaths.split(output);
  }

  /**
   * Returns this result if the process succeeded.
   *
   * @throws GitException otherwise
   */
  public GitResult orThrow() {
    if (!succeeded()) {
      throw new GitException(this);
    }
    return this;
  }
}
