package io.archmage.worker;

import io.archmage.cli.Main;
import io.archmage.jvm.ArchmageJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A worker in a process of its own, as {@code archmage worker} starts it; killed at close. */
final class WorkerJvm implements AutoCloseable {

  private final Process process;
  private final Path log;

  private WorkerJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static WorkerJvm start(String server, String queue, TestProject project, String... more)
      throws IOException {
    return start(List.of(), server, queue, project, more);
  }

  /** The same behind another command. */
  static WorkerJvm start(
      List<String> prefix, String server, String queue, TestProject project, String... more)
      throws IOException {
    Path log = Files.createTempFile(project.root(), "worker", ".log");
    ProcessBuilder builder =
        new ProcessBuilder();
    builder.command(
        Stream.of(
            prefix.stream(),
            ArchmageJvm.of(Main.class).stream(),
            Stream.of(
                "worker",
                "--repo",
                project.repository().toString(),
                "--config",
                project.configuration().toString(),
                "--queue",
                queue,
                "--server",
                server),
            Stream.of(more)).flatMap(words -> words).toList());
    builder.environment().put("ARCHMAGE_STATE", project.state().path().toString());
    builder.environment().put(StepControl.VARIABLE, steps(project).toString());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new WorkerJvm(builder.start(), log);
  }

  /** Where a test says at which steps workers of the project stop. */
  static Path steps(TestProject project) {
    return project.root().resolve("steps");
  }

  /** Kills it as the kernel does when memory runs out. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Lets it stand still, as a machine does that has lost its power or network for a while. */
  void suspend() throws IOException, InterruptedException {
    Commands.run(Path.of("/"), List.of("kill", "-STOP", Long.toString(process.pid())));
  }

  /** Lets it go on. */
  void resume() throws IOException, InterruptedException {
    Commands.run(Path.of("/"), List.of("kill", "-CONT", Long.toString(process.pid())));
  }

  /** Asks it to end and waits for that. */
  int terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  /** Asks it to end. */
  void requestEnd() {
    process.destroy();
  }

  /** Waits for its end and returns its exit code. */
  int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
