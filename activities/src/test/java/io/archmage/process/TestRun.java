package io.archmage.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A run directory and a workspace in a temporary directory, and a way to count survivors. */
final class TestRun {

  static final Duration LONG = Duration.ofSeconds(20);
  private static final AtomicLong NEXT = new AtomicLong(ProcessHandle.current().pid() * 1000);

  final Path directory;
  final Path workspace;
  final Path stdin;

  /** A number of seconds that only processes of this run sleep, so that ps can tell them. */
  final String nap = "7" + NEXT.incrementAndGet();

  TestRun(Path temporary) throws IOException {
    Path base = Files.createDirectories(temporary.resolve("a run's dir " + UUID.randomUUID()));
    directory = base.resolve("run");
    workspace = Files.createDirectory(base.resolve("work space"));
    stdin = Files.writeString(base.resolve("prompt"), "Say 'hello'\nand stop.");
  }

  ProcessSpec shell(String script) {
    return command("sh", "-c", script.replace("NAP", nap));
  }

  ProcessSpec command(String... argv) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", System.getenv("PATH"));
    return ProcessSpec.of(List.of(argv), workspace, environment, stdin)
        .withGrace(Duration.ofMillis(300));
  }

  String out() throws IOException {
    return OutputTail.tail(directory.resolve("out"), 1 << 20).text();
  }

  /** Living processes, zombies excluded, that sleep this run's nap. */
  List<Long> survivors() throws IOException, InterruptedException {
    Command ps = Command.of(Path.of("/"), List.of("ps", "-eo", "pid=,stat=,args="));
    return ProcessRunner.run(ps)
        .stdoutText()
        .lines()
        .map(line -> line.strip().split("\\s+", 3))
        .filter(words -> words[2].equals("sleep " + nap) && !words[1].startsWith("Z"))
        .map(words -> Long.parseLong(words[0]))
        .toList();
  }

  /** Everything whose working directory is the run directory: supervisor, watcher, its sleep. */
  List<Long> supervisors() throws IOException, InterruptedException {
    Path real = directory.toRealPath();
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      return new PsTable().find(new Traces(null, real, List.of(real), null, 0));
    }
    List<Long> found = new ArrayList<>();
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      try {
        if (Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")).equals(real)) {
          found.add(process.pid());
        }
      } catch (IOException e) {
        // Gone, a zombie, or another user's.
      }
    }
    return found;
  }

  void awaitSurvivors(int count) throws Exception {
    await(() -> survivors().size() == count);
    assertThat(survivors()).hasSize(count);
  }

  static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("time for the condition").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20); // the processes watched are not our children
    }
  }

  static ProcessExit end(SupervisedProcess process) throws IOException, InterruptedException {
    return process.await(LONG).orElseThrow(() -> new AssertionError("still running"));
  }

  ProcessIdentity supervisor() throws IOException {
    RunDirectory.Claim claim = new RunDirectory(directory.toRealPath()).claim().orElseThrow();
    return Objects.requireNonNull(claim.supervisor());
  }

  /** What tells about the supervisor. */
  ProcessTable table() throws IOException {
    return new RunDirectory(directory.toRealPath()).claim().orElseThrow().table();
  }

  void awaitSupervisorsEnd() throws Exception {
    ProcessTable table = table();
    await(() -> !table.isAlive(supervisor()));
  }

  /** Removes a directory in which processes still write. */
  static void removeAll(Path directory) throws Exception {
    Command remove =
        Command.of(Path.of("/"), List.of("rm", "-rf", directory.toString()));
    await(() -> ProcessRunner.run(remove).isSuccess() && !Files.exists(directory));
  }

  static void killHard(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }
}
