package io.archmage.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts a process that goes on when its starter, or the terminal of that, is gone. */
public final class DetachedProcess {
  private DetachedProcess() {}

  /**
   * Starts it in a session of its own, its input empty and all its output appended to {@code log}.
   *
   * @throws ServerException if it cannot be started
   */
  public static Process start(List<String> command, Map<String, String> environment, LogFile log) {
    ProcessBuilder builder =
        new ProcessBuilder(wrap(command, PathSearch.first("setsid", environment)))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(log.append());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new ServerException(
          "cannot start " + String.join(" ", command) + ": " + e.getMessage(), e);
    }
  }

  /**
   * Where there is no {@code setsid} (macOS), the process stays in the caller's session but ignores
   * what ends a process with its terminal: signals ignored at an {@code exec} stay ignored, in a
   * Java virtual machine, too (SIGQUIT only makes that print its threads).
   */
  static List<String> wrap(List<String> command, Optional<Path> setsid) {
    List<String> wrapped = new ArrayList<>();
    if (setsid.isPresent()) {
      wrapped.add(setsid.get().toString());
    } else {
      wrapped.addAll(List.of("/bin/sh", "-c", "trap '' HUP INT; exec \"$@\"", "sh"));
    }
    wrapped.addAll(command);
    return List.copyOf(wrapped);
  }
}
