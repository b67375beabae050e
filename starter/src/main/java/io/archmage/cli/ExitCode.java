package io.archmage.cli;

/** What a command's exit code means. */
public enum ExitCode {
  /** All tasks succeeded, or the command did what was asked. */
  OK(0, "all tasks succeeded, or the command did what was asked"),
  /** The run ended with tasks that did not succeed. */
  NOT_SUCCESSFUL(1, "the run ended with failed, skipped, rolled-back or cancelled tasks"),
  /** The plan, the configuration or the arguments are wrong. */
  INVALID(2, "invalid plan, configuration or arguments"),
  /** Something that a run needs is missing on this machine. */
  ENVIRONMENT(3, "environment: no server, worker, repository, familiar or JDK"),
  /** The run waits for a person. */
  WAITING(4, "the run waits for a person"),
  /** There is no such run or task. */
  NOT_FOUND(5, "no such run or task"),
  /** Interrupted; a run goes on. */
  INTERRUPTED(130, "interrupted; the run goes on, and the message says how to follow it");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The number that the process ends with. */
  public int code() {
    return code;
  }

  /** One line for help. */
  public String meaning() {
    return meaning;
  }
}
