package io.archmage.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The ways to isolate a tree: the best of this machine, a namespace with the outer /proc where that
 * works, and by force the two weaker ones.
 */
final class SupervisorModes {

  private static final Duration TICK = Duration.ofMillis(100);

  private SupervisorModes() {}

  record Mode(Isolation isolation, Supervisor supervisor) {
    @Override
    public String toString() {
      return isolation.name();
    }
  }

  static Stream<Mode> all() throws IOException {
    List<Mode> modes = new ArrayList<>();
    Set<Isolation> tried =
        EnumSet.of(
            Isolation.ofThisMachine(), Isolation.USER_PID, Isolation.SESSION, Isolation.GROUP);
    for (Isolation isolation : tried) {
      if (isolation.works()) {
        modes.add(new Mode(isolation, new Supervisor(isolation, TICK, pathFor(isolation))));
      }
    }
    return modes.stream();
  }

  /** Group mode needs job control without a terminal: the sh of macOS is bash, dash has none. */
  private static String pathFor(Isolation isolation) throws IOException {
    String path = System.getenv("PATH");
    if (isolation != Isolation.GROUP) {
      return path;
    }
    Path directory = Files.createTempDirectory("archmage-sh");
    Path shell = directory.resolve("sh");
    Path bash =
        CommandUnavailableException.require(
            ExecutableLookup.find("bash", path, Path.of("/")));
    Files.createSymbolicLink(shell, bash);
    directory.toFile().deleteOnExit();
    shell.toFile().deleteOnExit();
    return directory + ":" + path;
  }
}
