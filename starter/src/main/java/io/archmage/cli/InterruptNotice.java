package io.archmage.cli;

/** Tells a person who ends the client by a signal that the run goes on. */
final class InterruptNotice implements AutoCloseable {

  private final Thread hook;

  /**
   * Shows the message, after what the view shows, when this process is told to end. The virtual
   * machine then ends with 128 and the signal's number: 130 after Ctrl-C.
   */
  InterruptNotice(Console console, RunView view, String message) {
    hook =
        new Thread(
            () -> {
              view.end();
              console.note(message);
            },
            "archmage-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal came just now; the notice is being shown.
    }
  }
}
