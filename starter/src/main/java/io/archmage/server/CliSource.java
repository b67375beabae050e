package io.archmage.server;

import java.io.IOException;
import java.nio.file.Path;

/** A place the {@code temporal} executable can be fetched from. */
interface CliSource {
  /** The name of the place, for messages. */
  String name();

  /**
   * Fetches the executable of that version for this machine and checks its digest.
   *
   * @param directory an empty directory for whatever is downloaded
   * @return the executable, inside {@code directory}
   * @throws IOException if that fails; the message says why in one or a few lines
   */
  Path fetch(CliVersion version, Path directory) throws IOException;
}
