package io.archmage.process;

import java.io.IOException;
import java.nio.file.Path;

/** A command was not started because it does not exist or may not be executed. */
public final class CommandUnavailableException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient ExecutableLookup lookup;

  CommandUnavailableException(ExecutableLookup.Missing lookup) {
    super(lookup.message());
    this.lookup = lookup;
  }

  CommandUnavailableException(ExecutableLookup.NotExecutable lookup) {
    super(lookup.message());
    this.lookup = lookup;
  }

  /** What the search found: missing, or not executable. */
  public ExecutableLookup lookup() {
    return lookup;
  }

  /** The executable, or this exception. */
  static Path require(ExecutableLookup lookup) throws CommandUnavailableException {
    return switch (lookup) {
      case ExecutableLookup.Found found -> found.path();
      case ExecutableLookup.Missing missing -> throw new CommandUnavailableException(missing);
      case ExecutableLookup.NotExecutable refused -> throw new CommandUnavailableException(refused);
    };
  }
}
