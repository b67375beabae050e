package io.archmage.process;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By what a leftover process is recognised; any one suffices, within the limits of age and, for the
 * working directory, terminal.
 *
 * @param marker value of {@code ARCHMAGE_RUN_MARKER} in its environment
 * @param openUnder real path of a directory below which it has a file open
 * @param workingUnder real paths at or below which it works; a process with a terminal does not
 *     count, it is a person's shell
 * @param session the session it is in
 * @param notBefore start time, in kernel ticks since boot, of the oldest process that may count
 */
record Traces(
    @Nullable String marker,
    Path openUnder,
    List<Path> workingUnder,
    @Nullable Long session,
    long notBefore) {

  static final String MARKER_VARIABLE = "ARCHMAGE_RUN_MARKER";

  Traces {
    workingUnder = List.copyOf(workingUnder);
  }

  Optional<String> assignment() {
    return Optional.ofNullable(marker).map(value -> MARKER_VARIABLE + "=" + value);
  }

  boolean isWorkplace(Path directory) {
    return workingUnder.stream().anyMatch(directory::startsWith);
  }

  /** This JVM and its ancestors, which no sweep may touch. */
  static Set<Long> untouchable() {
    Set<Long> pids = new LinkedHashSet<>();
    Optional<ProcessHandle> handle = Optional.of(ProcessHandle.current());
    while (handle.isPresent() && pids.add(handle.get().pid())) {
      handle = handle.get().parent();
    }
    return pids;
  }
}
