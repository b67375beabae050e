package io.archmage.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts familiars under supervisors that outlive the worker, and finds them again. Stateless and
 * thread-safe; all state is in the run directory, which must lie outside the workspace and be
 * fresh for every attempt.
 */
public final class Supervisor {

  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration START_PATIENCE = Duration.ofSeconds(30);
  private static final String STANDARD_PATH = "/usr/bin:/bin:/usr/sbin:/sbin";

  private final Isolation isolation;
  private final Duration tick;
  private final String path;

  /** With the strongest isolation this machine allows, found out once for each JVM. */
  public Supervisor() {
    this(
        Isolation.ofThisMachine(),
        TICK,
        Optional.ofNullable(System.getenv("PATH")).orElse(STANDARD_PATH));
  }

  /**
   * @param tick time between two looks of the supervisor at lease, cancel, time and size
   * @param path where the supervisor's own tools are found
   */
  Supervisor(Isolation isolation, Duration tick, String path) {
    this.isolation = isolation;
    this.tick = tick;
    this.path = path;
  }

  /**
   * Whether the kernel ends a whole tree with its supervisor. If not, a process that hides every
   * trace can survive; see {@link ProcessSweep}.
   */
  public boolean containsTrees() {
    return isolation.isNamespace();
  }

  /**
   * Starts a familiar, once: if the run directory is claimed already, nothing is started, and the
   * process returned stands for the run that is there, be it running, finished or lost.
   *
   * @throws CommandUnavailableException if the command is missing or not executable
   * @throws IOException if the working directory or standard input is missing, or no supervisor
   *     could be started
   */
  public SupervisedProcess start(Path runDirectory, ProcessSpec spec)
      throws IOException, InterruptedException {
    Path executable =
        CommandUnavailableException.require(
            ExecutableLookup.find(
                spec.argv().get(0), spec.environment().get("PATH"), spec.workingDirectory()));
    if (!Files.isDirectory(spec.workingDirectory())) {
      throw new NotDirectoryException(spec.workingDirectory().toString());
    }
    if (!Files.isReadable(spec.stdin())) {
      throw new NoSuchFileException(
          spec.stdin().toString(), null, "standard input is not readable");
    }
    RunDirectory run = RunDirectory.create(runDirectory);
    if (run.hasClaim()) {
      new Recovery(run).attach();
      return new SupervisedProcess(run, null);
    }
    run.writeScript();
    run.writeSpec(spec);
    Map<String, String> extra =
        isolation.isNamespace() ? Map.of() : Map.of(Traces.MARKER_VARIABLE, run.marker());
    Path launch = run.writeLaunchScript(LaunchScript.of(spec, executable, run.path(), extra));
    Process child = spawn(run, launch, spec);
    awaitStart(run, child);
    return new SupervisedProcess(run, child);
  }

  /** Finds out what became of the run in this directory; of a lost one, kills what is left. */
  public Attachment attach(Path runDirectory) throws IOException, InterruptedException {
    Optional<RunDirectory> run = RunDirectory.existing(runDirectory);
    return run.isPresent() ? new Recovery(run.get()).attach() : new Attachment.NeverStarted();
  }

  /**
   * Makes sure that nothing of the run is alive and that nothing of it can start any more. A run
   * that had not ended is recorded as lost. Call it before the workspace serves another run.
   *
   * @throws IOException if a process does not end after SIGKILL
   */
  public void reap(Path runDirectory) throws IOException, InterruptedException {
    RunDirectory run = RunDirectory.create(runDirectory);
    new Recovery(run).kill(ProcessExit.UNKNOWN_CODE, EndReason.LOST);
  }

  /** Where the supervisor's own tools are found. */
  String path() {
    return path;
  }

  private Process spawn(RunDirectory run, Path launch, ProcessSpec spec) throws IOException {
    Path shell = CommandUnavailableException.require(ExecutableLookup.find("sh", path, run.path()));
    List<String> argv = new ArrayList<>();
    if (isolation.usesSetsid()) {
      argv.add("setsid");
    }
    Duration wallTimeout = spec.wallTimeout();
    argv.addAll(
        List.of(
            shell.toString(),
            "./sup.sh",
            isolation.usesSetsid() ? "boot" : "detach",
            isolation.mode(),
            launch.getFileName().toString(),
            Double.toString(tick.toMillis() / 1000.0),
            ticks(spec.leaseTtl()),
            wallTimeout == null ? "0" : ticks(wallTimeout),
            ticks(spec.grace()),
            Long.toString(spec.maxOutputBytes()),
            run.marker(),
            RunDirectory.workplace(spec).map(Path::toString).orElse(""),
            isolation.prefix(),
            namespace()));
    ProcessBuilder builder = new ProcessBuilder(argv).directory(run.path().toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", path, "LC_ALL", "C", "TZ", "UTC"));
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(run.path().resolve("log").toFile()));
    return builder.start();
  }

  private String namespace() {
    return isolation.usesSetsid()
        ? ProcessTable.ofThisMachine().namespace()
        : ProcessTable.UNKNOWN_NAMESPACE;
  }

  private String ticks(Duration duration) {
    return Long.toString(Math.ceilDiv(duration.toMillis(), tick.toMillis()));
  }

  private static void awaitStart(RunDirectory run, Process child)
      throws IOException, InterruptedException {
    Recovery recovery = new Recovery(run);
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!recovery.awaitClaim(Duration.ofMillis(100))) {
      boolean failed = !child.isAlive() && child.exitValue() != 0 && !run.hasClaim();
      if ((failed || System.nanoTime() > deadline) && run.claimForNobody()) {
        recovery.settle();
        throw new IOException("the supervisor did not start: " + run.complaints());
      }
    }
  }
}
