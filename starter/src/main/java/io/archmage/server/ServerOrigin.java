package io.archmage.server;

import java.nio.file.Path;

/** Why a server was chosen. */
public sealed interface ServerOrigin {
  /** Says it in a few words, to follow the address in a message. */
  String because();

  /** The option {@code --server} names it. */
  record Option() implements ServerOrigin {
    @Override
    public String because() {
      return "given by --server";
    }
  }

  /** {@code TEMPORAL_ADDRESS} names it. */
  record Environment() implements ServerOrigin {
    @Override
    public String because() {
      return "from TEMPORAL_ADDRESS";
    }
  }

  /**
   * Temporal's own configuration file names it.
   *
   * @param name of the profile
   * @param file that has it
   */
  record Profile(String name, Path file) implements ServerOrigin {
    @Override
    public String because() {
      return "from profile '" + name + "' in " + file;
    }
  }

  /**
   * It is the embedded server.
   *
   * @param isNew whether it was started for this command
   */
  record Embedded(boolean isNew) implements ServerOrigin {
    @Override
    public String because() {
      return isNew ? "embedded, just started" : "embedded, already running";
    }
  }
}
