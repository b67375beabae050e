package io.archmage.git;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Git or the repository's files broke; a conflict or a refused update is a value instead. */
public class GitException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 2_000;

  private final transient List<String> argv;
  private final int exitCode;
  private final String stderr;

  /** Breakage without a git process; {@code message} says what is wrong and what to do. */
  public GitException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.argv = List.of();
    this.exitCode = -1;
    this.stderr = "";
  }

  /** A git process that ended with an exit code nobody expected. */
  public GitException(GitResult result) {
    super(describe(result));
    this.argv = result.argv();
    this.exitCode = result.exitCode();
    this.stderr = result.stderr();
  }

  /** Returns the command line, empty if no process was involved. */
  public List<String> argv() {
    return argv == null ? List.of() : argv;
  }

  /** Returns the exit code, -1 if no process was involved or it was ended by the time limit. */
  public int exitCode() {
    return exitCode;
  }

  /** Returns all of standard error. */
  public String stderr() {
    return stderr;
  }

  private static String describe(GitResult result) {
    String error = result.stderr().strip();
    String shown = error.length() > SHOWN ? error.substring(0, SHOWN) + "..." : error;
    String lock =
        error.contains(".lock': File exists")
            ? " Another git process holds the lock named above; if none runs, delete that file."
            : "";
    return "git %s ended with %d: %s%s"
        .formatted(String.join(" ", result.arguments()), result.exitCode(), shown, lock);
  }
}
