package io.archmage.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for programs along the {@code PATH} of a given environment. */
final class PathSearch {
  private PathSearch() {}

  /** Every executable file of that name, in the order of {@code PATH}. */
  static List<Path> all(String program, Map<String, String> environment) {
    return Stream.of(environment.getOrDefault("PATH", "").split(":"))
        .filter(entry -> entry.startsWith("/"))
        .map(entry -> Path.of(entry, program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .distinct()
        .toList();
  }

  static Optional<Path> first(String program, Map<String, String> environment) {
    return all(program, environment).stream().findFirst();
  }
}
