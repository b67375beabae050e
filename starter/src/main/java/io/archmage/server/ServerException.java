package io.archmage.server;

/** The server, or the executable it needs, is not to be had; the message says what to do. */
public class ServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, where, and what to do
   */
  public ServerException(String message) {
    super(message);
  }

  /**
   * @param message what is wrong, where, and what to do
   * @param cause the failed operation
   */
  public ServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
