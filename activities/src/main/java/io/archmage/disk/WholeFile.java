package io.archmage.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files of which a reader sees the old content or the new one, never a part. There is one writer at
 * a time, so that what a killed one left beside the file is replaced by the next.
 */
public final class WholeFile {

  private WholeFile() {}

  /** Replaces the file, in a folder that is there. */
  public static void write(Path file, byte[] content) throws IOException {
    Path written = file.resolveSibling(file.getFileName() + ".new");
    Files.write(written, content);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The same with text in UTF-8. */
  public static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }
}
