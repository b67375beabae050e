package io.archmage.worker;

import io.archmage.settings.SettingsException;
import io.archmage.settings.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Remembers which configurations a person has approved on this machine: a repository's own commands
 * run only after that, and ask again when they change.
 */
public final class TrustStore {

  private final StateDirectory state;

  /** Approvals in that state directory. */
  public TrustStore(StateDirectory state) {
    this.state = state;
  }

  /** Whether the project's configuration may run its commands here. */
  public boolean trusts(LoadedProject loaded) {
    if (!loaded.needsTrust()) {
      return true;
    }
    try {
      Path file = file(loaded);
      return Files.exists(file)
          && Files.readAllLines(file).contains(loaded.project().configHash());
    } catch (IOException e) {
      throw new SettingsException("The list of approved configurations cannot be read: " + e);
    }
  }

  /** Approves the project's configuration as it is now. */
  public void approve(LoadedProject loaded) {
    if (trusts(loaded)) {
      return;
    }
    try {
      Path file = file(loaded);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(
          file,
          loaded.project().configHash() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new SettingsException("The approval cannot be stored: " + e);
    }
  }

  private Path file(LoadedProject loaded) {
    return state.create().path().resolve("trust").resolve(loaded.project().id());
  }
}
