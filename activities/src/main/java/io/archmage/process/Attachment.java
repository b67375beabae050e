package io.archmage.process;

/** What {@link Supervisor#attach} found in a run directory. */
public sealed interface Attachment {

  /** The supervisor is alive; renew its lease. */
  record Running(SupervisedProcess process) implements Attachment {}

  /** The process ended and its exit was recorded. */
  record Finished(ProcessExit exit) implements Attachment {}

  /**
   * The run began and its end was never recorded. What was left of it has been killed.
   *
   * @param why a sentence for the person who reads the report
   */
  record Lost(String why) implements Attachment {}

  /**
   * No supervisor has claimed the directory. {@link Supervisor#start} on it is safe even if an
   * earlier start is still under way; to give it up instead, call {@link Supervisor#reap}.
   */
  record NeverStarted() implements Attachment {}
}
