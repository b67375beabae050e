package io.archmage.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of looking for a command before it is started, so that a missing command is not
 * mistaken for one that exits with 127, nor a forbidden one for one that exits with 126.
 */
public sealed interface ExecutableLookup {

  /** The command can be executed; {@code path} is absolute, symbolic links are kept. */
  record Found(Path path) implements ExecutableLookup {}

  /**
   * There is no such file.
   *
   * @param message says what was looked for and where
   */
  record Missing(String name, String message) implements ExecutableLookup {}

  /** There is such a file, but it is a directory or lacks the permission to be executed. */
  record NotExecutable(Path path, String message) implements ExecutableLookup {}

  /**
   * Finds a command as execvp(3) would.
   *
   * @param name a bare name, or a path, which is taken relative to {@code baseDir}
   * @param path the value of {@code PATH}; null or empty means {@code /usr/bin:/bin}; empty and
   *     relative elements are relative to {@code baseDir}
   * @param baseDir absolute
   */
  static ExecutableLookup find(String name, @Nullable String path, Path baseDir) {
    try {
      if (name.isEmpty()) {
        return new Missing(name, "the command is empty");
      }
      if (name.indexOf('/') >= 0) {
        Path file = baseDir.resolve(name).normalize();
        return Files.exists(file) ? check(file) : new Missing(name, "there is no file " + file);
      }
      return search(name, path == null || path.isEmpty() ? "/usr/bin:/bin" : path, baseDir);
    } catch (InvalidPathException e) {
      return new Missing(name, "not a file name: " + e.getMessage());
    }
  }

  private static ExecutableLookup search(String name, String path, Path baseDir) {
    NotExecutable forbidden = null;
    for (String element : path.split(":", -1)) {
      Path file = baseDir.resolve(element).resolve(name).normalize();
      if (Files.isRegularFile(file)) {
        ExecutableLookup outcome = check(file);
        if (!(outcome instanceof NotExecutable refused)) {
          return outcome;
        }
        forbidden = forbidden == null ? refused : forbidden;
      }
    }
    return forbidden != null
        ? forbidden
        : new Missing(name, "'" + name + "' is not on the PATH " + path);
  }

  private static ExecutableLookup check(Path file) {
    if (!Files.isRegularFile(file)) {
      return new NotExecutable(file, file + " is not a file");
    }
    if (!Files.isExecutable(file)) {
      return new NotExecutable(file, file + " is not executable; try: chmod +x " + file);
    }
    Optional<Path> interpreter = interpreter(file);
    if (interpreter.isPresent() && !Files.exists(interpreter.get())) {
      return new Missing(
          interpreter.get().toString(),
          "the interpreter " + interpreter.get() + " named in line 1 of " + file + " is missing");
    }
    return new Found(file);
  }

  private static Optional<Path> interpreter(Path file) {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(256);
    } catch (IOException e) {
      return Optional.empty(); // executable but unreadable: a binary as far as we can tell
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("#!")) {
      return Optional.empty();
    }
    String[] words = text.substring(2).split("\n", 2)[0].strip().split("[ \t]", 2);
    return words[0].startsWith("/") ? Optional.of(Path.of(words[0])) : Optional.empty();
  }
}
