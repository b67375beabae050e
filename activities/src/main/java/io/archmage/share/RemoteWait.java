package io.archmage.share;

/** Whoever waits for a remote that is away; thread-safe. */
public interface RemoteWait {

  /** For those who would rather know at once. */
  RemoteWait NOT_AT_ALL = progress -> false;

  /**
   * Is told now and then what is waited for.
   *
   * @param progress one line for people
   * @return false if it is not wanted any more
   */
  boolean goesOn(String progress);
}
