package io.archmage.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes small programs for tests. */
final class Scripts {
  private Scripts() {}

  /** An executable POSIX shell script. */
  static Path sh(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A program that answers {@code --version} as a Temporal CLI does, and nothing else. */
  static String temporal(String version) {
    return "echo 'temporal version " + version + " (Server 1.32.0, UI 2.54.1)'";
  }
}
