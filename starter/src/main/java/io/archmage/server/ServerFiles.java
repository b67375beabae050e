package io.archmage.server;

import io.archmage.settings.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** The files of the embedded server below the state directory. */
record ServerFiles(StateDirectory state) {
  /** What runs now; see {@link ServerRecord}. */
  Path record() {
    return state.path().resolve("server.json");
  }

  /** Everything else of the server. */
  Path directory() {
    return state.path().resolve("server");
  }

  Path lock() {
    return directory().resolve("lock");
  }

  Path database() {
    return directory().resolve("temporal.db");
  }

  /** Ports and version of the last start; outlives the record. */
  Path last() {
    return directory().resolve("last.json");
  }

  /** What the Temporal server prints. */
  Path log() {
    return directory().resolve("server.log");
  }

  /** What a supervisor prints that was started in the background. */
  Path supervisorLog() {
    return directory().resolve("supervisor.log");
  }

  /** Its time of change says when a command of ours last wanted the server. */
  Path wanted() {
    return directory().resolve("wanted");
  }

  /**
   * Makes the directories.
   *
   * @throws ServerException if that fails
   */
  void create() {
    state.create();
    try {
      Files.createDirectories(directory());
    } catch (IOException e) {
      throw new ServerException("cannot make " + directory() + ": " + e, e);
    }
  }

  /** Notes that a command wants the server: must come before the record is read. */
  void touchWanted() {
    create();
    try {
      Files.writeString(wanted(), "");
      Files.setLastModifiedTime(wanted(), FileTime.from(Instant.now()));
    } catch (IOException e) {
      throw new ServerException("cannot write " + wanted() + ": " + e, e);
    }
  }
}
