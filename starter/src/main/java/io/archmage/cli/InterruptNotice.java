package io.archmage.cli;

/** Tells a person who ends the client by a signal that the run goes on. */
final class InterruptNotice {

  private final Thread hook;

  private InterruptNotice(Thread hook) {
    this.hook = hook;
  }

  /**
   * Shows the message, after what the view shows, when this process is told to end before {@link
   * #remove}. The virtual machine then ends with 128 and the signal's number: 130 after Ctrl-C.
   */
  static InterruptNotice install(Console console, RunView view, String message) {
    Thread hook =
        new Thread(
            () -> {
              view.end();
              console.note(message);
            },
            "archmage-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    return new InterruptNotice(hook);
  }

  /** From now on there is nothing to tell. */
  void remove() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal came just now; the notice is being shown.
    }
  }
}
