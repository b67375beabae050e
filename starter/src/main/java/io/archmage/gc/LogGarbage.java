package io.archmage.gc;

import io.archmage.process.ProcessSweep;
import io.archmage.render.Durations;
import io.archmage.settings.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Removes logs of workers and servers that nobody has written to for long and nobody writes. */
final class LogGarbage {

  private static final List<String> DIRECTORIES = List.of("workers", "server");

  private final StateDirectory state;
  private final GcRequest request;

  LogGarbage(StateDirectory state, GcRequest request) {
    this.state = state;
    this.request = request;
  }

  List<GcItem> collect() throws IOException, InterruptedException {
    List<GcItem> items = new ArrayList<>();
    for (String name : DIRECTORIES) {
      Path directory = state.path().resolve(name);
      if (!Files.isDirectory(directory)) {
        continue;
      }
      boolean inUse = !ProcessSweep.under(directory).find().isEmpty();
      for (Path log : logs(directory)) {
        if (request.isOld(Files.getLastModifiedTime(log).toInstant())) {
          items.add(collect(log, inUse));
        }
      }
    }
    return items;
  }

  private static List<Path> logs(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().matches(".*\\.log(\\.1)?"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private GcItem collect(Path log, boolean inUse) throws IOException {
    Instant written = Files.getLastModifiedTime(log).toInstant();
    long bytes = Files.size(log);
    String age = Durations.text(Duration.between(written, request.now()));
    if (inUse && !log.toString().endsWith(".1")) {
      return GcItem.kept(
          GcItem.Kind.LOG, log.toString(), null, 1, bytes, "a process may write to it");
    }
    if (!request.dryRun()) {
      Files.deleteIfExists(log);
    }
    return GcItem.removed(
        GcItem.Kind.LOG, log.toString(), null, 1, bytes, "nobody has written to it for " + age);
  }
}
