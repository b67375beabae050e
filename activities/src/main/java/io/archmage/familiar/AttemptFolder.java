package io.archmage.familiar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The files of one attempt, outside its workspace and readable by nobody else.
 *
 * @param root the attempt's folder
 */
record AttemptFolder(Path root) {

  void create() throws IOException {
    Files.createDirectories(root);
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(inputs());
    Files.createDirectories(temporary());
  }

  /** The supervisor's journal. */
  Path journal() {
    return root.resolve("journal");
  }

  /** The journal of the setup command, while that runs or after it failed. */
  Path setupJournal() {
    return root.resolve("setup");
  }

  Path prompt() {
    return root.resolve("prompt.md");
  }

  Path inputs() {
    return root.resolve("inputs");
  }

  Path output() {
    return root.resolve("output.txt");
  }

  Path result() {
    return root.resolve("result.json");
  }

  Path temporary() {
    return root.resolve("tmp");
  }

  /** Which attempt this is, for whoever finds the folder. */
  Path request() {
    return root.resolve("request.json");
  }

  /** What the attempt came to, written when everything it left is kept. */
  Path end() {
    return root.resolve("end.json");
  }

  /** There if the familiar was stopped for its silence. */
  Path stalled() {
    return root.resolve("stalled");
  }

  /** Names the session that the familiar was to continue; there if it was. */
  Path resumed() {
    return root.resolve("resumed");
  }

  void writePrompt(String text) throws IOException {
    Files.writeString(prompt(), text, StandardCharsets.UTF_8);
  }
}
