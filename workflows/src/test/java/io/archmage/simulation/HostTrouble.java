package io.archmage.simulation;

/** Git or the file system failed; the engine tries again. */
final class HostTrouble extends RuntimeException {
  private static final long serialVersionUID = 1;

  HostTrouble(String message) {
    super(message);
  }
}
