package io.archmage.server;

import io.archmage.jvm.ArchmageJvm;
import io.archmage.settings.CacheDirectory;
import io.archmage.settings.OperatingSystem;
import io.archmage.settings.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Real servers in state directories of their own, all of whose processes are ended at close. */
final class TestServers implements AutoCloseable {
  private final Map<String, String> environment = new LinkedHashMap<>(System.getenv());
  private final List<Process> processes = new ArrayList<>();
  private final StateDirectory state;

  TestServers(Path directory) {
    state = TestPorts.reserve(new StateDirectory(directory));
    environment.put(StateDirectory.VARIABLE, directory.toString());
    environment.put(TemporalCli.VARIABLE, temporal().executable().toString());
  }

  /** The executable this machine has, fetched into the user's cache if it has none. */
  static TemporalCli temporal() {
    return locate(System.getenv());
  }

  static TemporalCli locate(Map<String, String> environment) {
    return TemporalCli.locate(
        environment,
        CacheDirectory.of(environment, OperatingSystem.current()),
        System.out::println);
  }

  TestServers with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  EmbeddedServer embedded() {
    return new EmbeddedServer(state, environment);
  }

  ServerFiles files() {
    return new ServerFiles(state);
  }

  /** What stands in for the command {@code archmage}. */
  static List<String> launcher() {
    return ArchmageJvm.of(ServerMain.class);
  }

  /** A server in the foreground, as a child of this process. */
  Process foreground() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(launcher());
    builder.environment().clear();
    builder.environment().putAll(environment);
    files().create();
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(new LogFile(files().supervisorLog()).append())
            .start();
    processes.add(process);
    return process;
  }

  ServerRecord awaitRunning() {
    await(() -> embedded().running().isPresent());
    return embedded().running().orElseThrow();
  }

  /** Runs Temporal's own CLI against a server. */
  ProgramRun cli(ServerRecord record, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(environment.get(TemporalCli.VARIABLE));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--address", record.address()));
    return ProgramRun.of(command, environment, Duration.ofSeconds(20));
  }

  static void await(BooleanSupplier condition) {
    if (!Poll.until(Duration.ofSeconds(30), Duration.ofMillis(20), condition)) {
      throw new AssertionError("did not come true within 30 s");
    }
  }

  @Override
  public void close() {
    embedded().stop();
    for (Process process : processes) {
      process.destroyForcibly();
    }
  }
}
