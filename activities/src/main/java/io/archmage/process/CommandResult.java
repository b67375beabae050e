package io.archmage.process;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How a helper command ended and what it said.
 *
 * @param argv what was run
 * @param exitCode exit status, 128 + n after signal n
 * @param timedOut whether it was killed because its time was up
 * @param stdout what was kept of standard output; not copied
 * @param stderr what was kept of standard error; not copied
 * @param truncated whether a stream was longer than {@link Command#maxOutputBytes()}; what a
 *     process left behind writes after the command's end is not waited for
 */
public record CommandResult(
    List<String> argv,
    int exitCode,
    boolean timedOut,
    byte[] stdout,
    byte[] stderr,
    boolean truncated) {

  /** Whether it ended in time with status 0. */
  public boolean isSuccess() {
    return exitCode == 0 && !timedOut;
  }

  /** Standard output as UTF-8, malformed bytes replaced. */
  public String stdoutText() {
    return new String(stdout, StandardCharsets.UTF_8);
  }

  /** Standard error as UTF-8, malformed bytes replaced. */
  public String stderrText() {
    return new String(stderr, StandardCharsets.UTF_8);
  }
}
