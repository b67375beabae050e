package io.archmage.familiar;

/** How a familiar begins an attempt. */
sealed interface Beginning {

  /** With nothing but its prompt. */
  record Fresh() implements Beginning {}

  /**
   * With what it knew in an attempt that was cut off.
   *
   * @param sessionId as the familiar itself named the session
   */
  record Resume(String sessionId) implements Beginning {}
}
