package io.archmage.familiar;

/** The line between an attempt and whoever asked for it; thread-safe. */
public interface AttemptControl {

  /** What is wanted of an attempt that is under way. */
  enum Wish {
    /** Go on. */
    GO_ON,
    /** Stop the familiar and keep what it left. */
    CANCEL,
    /** Let go at once; the familiar goes on and somebody else follows it. */
    DETACH
  }

  /** What is wanted now. */
  Wish wish();

  /**
   * What is wanted at this moment. Slower than {@link #wish}, which remembers what was last heard:
   * for what cannot be undone, such as a start that is paid for.
   */
  Wish ask();

  /** Says where the attempt stands, one line for people. */
  void tell(String progress);
}
