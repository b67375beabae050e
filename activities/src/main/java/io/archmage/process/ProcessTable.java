package io.archmage.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the operating system tells about processes that are not children of this JVM. */
sealed interface ProcessTable permits ProcTable, PsTable {

  /** In place of a pid namespace's name where the system has none or does not tell. */
  String UNKNOWN_NAMESPACE = "none";

  /** Reads /proc where there is one, else asks ps and lsof. */
  static ProcessTable ofThisMachine() {
    return Files.isReadable(Path.of("/proc/self/stat")) ? new ProcTable() : new PsTable();
  }

  /** Id of this boot of the operating system. */
  String boot() throws IOException, InterruptedException;

  /** Names the pid namespace of this JVM: process ids of another one mean nothing here. */
  default String namespace() {
    return UNKNOWN_NAMESPACE;
  }

  /** The start time of a living process; empty for none and for a zombie. */
  Optional<String> startTime(long pid) throws IOException, InterruptedException;

  /** Processes, other than this JVM and its ancestors, that show one of the traces. */
  List<Long> find(Traces traces) throws IOException, InterruptedException;

  /** Whether this very process lives; a zombie does not. */
  default boolean isAlive(ProcessIdentity identity) throws IOException, InterruptedException {
    return identity.boot().equals(boot())
        && startTime(identity.pid()).filter(identity.start()::equals).isPresent();
  }
}
