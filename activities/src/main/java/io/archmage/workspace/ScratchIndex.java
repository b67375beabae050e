package io.archmage.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A copy of a workspace's index in a directory of its own, which goes when this is closed.
 *
 * @param directory below the workspace's root
 */
record ScratchIndex(Path directory) implements AutoCloseable {
  /** What the names of such directories begin with. */
  static final String PREFIX = "snapshot-";

  /** Copies the index of the workspace. */
  static ScratchIndex of(Path root) throws IOException {
    ScratchIndex scratch = new ScratchIndex(Files.createTempDirectory(root, PREFIX));
    try {
      // With its time: git compares a file's time with the index's to see what it must read again.
      Files.copy(root.resolve("index"), scratch.file(), StandardCopyOption.COPY_ATTRIBUTES);
      return scratch;
    } catch (IOException e) {
      scratch.close();
      throw e;
    }
  }

  /** The copy. */
  Path file() {
    return directory.resolve("index");
  }

  @Override
  public void close() throws IOException {
    TreeRemover.remove(directory);
  }
}
