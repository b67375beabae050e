package io.archmage.cli;

import io.archmage.settings.OperatingSystem;
import io.archmage.settings.StateDirectory;

/**
 * What a command works with.
 *
 * @param console its surroundings
 * @param engine the engine's parts
 */
record Session(Console console, Engine engine) {

  /** Where Archmage keeps its own files. */
  StateDirectory state() {
    return StateDirectory.of(console.environment(), OperatingSystem.current());
  }

  /** How to start Archmage as another process. */
  Launcher launcher() {
    return new Launcher(console.environment());
  }
}
