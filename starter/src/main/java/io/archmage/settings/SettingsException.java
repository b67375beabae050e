package io.archmage.settings;

/** The environment does not say where something belongs; the message says what to set. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong and what to do about it
   */
  public SettingsException(String message) {
    super(message);
  }

  /**
   * @param message what is wrong and what to do about it
   * @param cause the failed operation
   */
  public SettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
