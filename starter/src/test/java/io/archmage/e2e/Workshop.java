package io.archmage.e2e;

import io.archmage.cli.InProcess;
import io.archmage.cli.Main;
import io.archmage.jvm.ArchmageJvm;
import io.archmage.server.EmbeddedServer;
import io.archmage.server.ServerRecord;
import io.archmage.server.TestPorts;
import io.archmage.settings.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A repository with scripted familiars, a state directory, and {@code archmage} as a command. At
 * close, all processes that came of it have ended.
 */
final class Workshop implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path root;
  private final Map<String, String> environment = new LinkedHashMap<>(System.getenv());

  /** What a command did. */
  record Outcome(int exitCode, String out, String err) {}

  Workshop(Path root) throws IOException, InterruptedException {
    this.root = root.toRealPath();
    Files.createDirectories(repository().resolve("runes/config"));
    script(launcher(), launcherScript());
    environment.put("ARCHMAGE_LAUNCHER", launcher().toString());
    environment.put(StateDirectory.VARIABLE, state().toString());
    TestPorts.reserve(new StateDirectory(state()));
    environment.remove("TEMPORAL_ADDRESS");
    script(this.root.resolve("familiar.sh"), resource("familiar.sh"));
    Files.writeString(repository().resolve("runes/config/parallel.yaml"), configuration());
    Files.writeString(repository().resolve("README.md"), "A workshop\n");
    git("init", "--quiet", "--initial-branch=main");
    commit("Begin");
  }

  private static String launcherScript() {
    return """
        #!/bin/sh
        CLASSPATH='%s' exec '%s' %s "$@"
        """
        .formatted(
            ArchmageJvm.classes(),
            String.join("' '", ArchmageJvm.command()),
            Main.class.getName());
  }

  private String configuration() {
    StringBuilder text = new StringBuilder("familiars:\n");
    for (String name : List.of("codex", "stitch", "gemini", "reviewer")) {
      text.append("  ").append(name).append(": {command: [\"").append(root);
      text.append("/familiar.sh\"], env: {GATE: \"").append(gate()).append("\"}}\n");
    }
    return text
        + "parallel_execution:\n"
        + "  error_handling: {max_retries: 1, on_failure: {retry_delay: 50}}\n";
  }

  Path repository() {
    return root.resolve("repository");
  }

  Path state() {
    return root.resolve("state");
  }

  Path configurationFile() {
    return repository().resolve("runes/config/parallel.yaml");
  }

  private Path launcher() {
    return root.resolve("archmage");
  }

  private Path gate() {
    return root.resolve("gate");
  }

  /** Sets a variable of the commands to come. */
  void set(String variable, String value) {
    environment.put(variable, value);
  }

  /** Lets the tasks go on whose ids begin with {@code gated}. */
  void openGate() throws IOException {
    Files.writeString(gate(), "open");
  }

  /** Lets such tasks wait again. */
  void closeGate() throws IOException {
    Files.deleteIfExists(gate());
  }

  /** One line for each familiar that began: run and task. */
  List<String> invocations() throws IOException {
    Path calls = root.resolve("gate.calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  /** Kills the embedded server with its supervisor, and removes everything that it knew. */
  void loseServer() throws IOException {
    ServerRecord record =
        new EmbeddedServer(new StateDirectory(state()), environment).running().orElseThrow();
    for (long pid : List.of(record.supervisor().pid(), record.server().pid())) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      await(() -> "the end of " + pid, () -> !isAlive(pid));
    }
    try (Stream<Path> files = Files.list(state().resolve("server"))) {
      for (Path file : files.filter(each -> each.toString().contains("temporal.db")).toList()) {
        Files.delete(file);
      }
    }
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** A plan's file with that content. */
  Path plan(String name, String content) throws IOException {
    return Files.writeString(root.resolve(name), content);
  }

  static String resource(String name) throws IOException {
    try (InputStream file = Workshop.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IOException("no resource " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void script(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  void commit(String message) throws IOException, InterruptedException {
    git("add", "--all");
    git("-c", "user.name=Ada", "-c", "user.email=ada@localhost", "commit", "-qm", message);
  }

  String git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", repository().toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed: " + output);
    }
    return output.strip();
  }

  /** Runs a command in the repository to its end. */
  Outcome archmage(String... arguments) throws IOException, InterruptedException {
    return start(arguments).await();
  }

  /** Runs a command that only looks, in this process, which saves the start of another. */
  Outcome look(String... arguments) {
    InProcess run = InProcess.run(repository(), environment, arguments);
    return new Outcome(run.exitCode(), run.out(), run.err());
  }

  /** Runs a plan with the repository's configuration named, which approves it. */
  Outcome run(Path plan, String... more) throws IOException, InterruptedException {
    return archmage(runArguments(plan, more));
  }

  String[] runArguments(Path plan, String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", plan.toString()));
    arguments.addAll(List.of("--config", configurationFile().toString()));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** Starts a command in the repository; perl undoes that a caller may have had SIGINT ignored. */
  Running start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec { $ARGV[0] } @ARGV"));
    command.add(launcher().toString());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(root, "out", ".txt");
    Path err = Files.createTempFile(root, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(repository().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process =
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    return new Running(process, out, err);
  }

  /** A command that runs. */
  record Running(Process process, Path out, Path err) {

    Outcome await() throws IOException, InterruptedException {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("no end after " + PATIENCE + ": " + Files.readString(err));
      }
      return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    void awaitMessage(String text) {
      Workshop.await(() -> text, () -> contains(text));
    }

    private boolean contains(String text) {
      try {
        return Files.readString(err).contains(text);
      } catch (IOException e) {
        return false;
      }
    }
  }

  /** Waits for what another process does and tells nobody. */
  static void await(Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what.get());
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  /** The workers that serve this repository. */
  List<ProcessHandle> workers() {
    return ProcessHandle.allProcesses().filter(this::isWorker).toList();
  }

  private boolean isWorker(ProcessHandle process) {
    List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
    return arguments.contains("worker")
        && arguments.stream().anyMatch(argument -> argument.startsWith(root.toString()));
  }

  @Override
  public void close() throws IOException {
    openGate();
    List<ProcessHandle> workers = workers();
    workers.forEach(ProcessHandle::destroy);
    await(() -> "the end of " + workers, () -> workers.stream().noneMatch(ProcessHandle::isAlive));
    new EmbeddedServer(new StateDirectory(state()), environment).stop();
  }
}
