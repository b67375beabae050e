package io.archmage.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.fault.Step;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of a plan, in which things are killed as a seed says. */
final class CrashRun {

  /** From a repository's folder: runs, run, task, attempt, journal, claim. */
  private static final int TO_A_CLAIM = 7;

  /** What is killed with SIGKILL. */
  enum Victim {
    WORKER, SERVER, FAMILIAR, SUPERVISOR, WORKER_AND_FAMILIAR, WORKER_AND_SUPERVISOR, WORKER_AND_SERVER
  }

  /** Tasks that need each other. */
  static final Map<String, Object> PLAN =
      Map.of(
          "tasks",
          List.of(
              task("a"),
              task("b"),
              task("c", "a"),
              task("d", "a", "b"),
              task("e", "c", "d")));

  /** Both change the same file in other lines; one writes for a while, so that it can be met. */
  private static final String SCRIPT =
      """
          i=0
          while [ $i -lt 8 ]; do
            echo "$ARCHMAGE_TASK_ID $i" >>"$ARCHMAGE_TASK_ID.txt"
            sleep 0.03
            i=$((i + 1))
          done
          sed -i "s/^$ARCHMAGE_TASK_ID$/$ARCHMAGE_TASK_ID was here/" src/lines.txt
          mkdir -p "deep/$ARCHMAGE_TASK_ID"
          echo done >"deep/$ARCHMAGE_TASK_ID/file"
          """;

  /** Several heartbeat timeouts and retries may come together. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String RULES =
      """
          workspace: {setup: ["sh", "-c", "echo ready >setup.ignored"]}
          parallel_execution:
            error_handling: {max_retries: 8, on_failure: {retry_delay: 50}}
          """;

  private final CrashWorld world;
  private final TestProject project;
  private final Random random;
  private final String id;
  private final SortedMap<String, Integer> lost = new TreeMap<>();
  private final List<String> kills = new ArrayList<>();
  private WorkerJvm worker;

  private CrashRun(CrashWorld world, TestProject project, long seed) throws IOException {
    this.world = world;
    this.project = project;
    this.random = new Random(seed);
    this.id = "crash-" + seed;
    this.worker = WorkerJvm.start(world.address(), id, project);
  }

  private static Map<String, Object> task(String id, String... needs) {
    return Map.of("id", id, "familiar", "codex", "depends_on", List.of(needs));
  }

  /** A repository and familiars for such runs. */
  static TestProject project(Path root) throws Exception {
    TestProject project = TestProject.make(root).configure(RULES);
    project.write("src/lines.txt", "1\na\n2\n3\nb\n4\n5\nc\n6\n7\nd\n8\n9\ne\n0\n");
    project.write(".gitignore", "*.ignored\n");
    project.git("add", "-A");
    project.git("commit", "-q", "-m", "lines");
    for (String task : List.of("a", "b", "c", "d", "e")) {
      project.script(task, SCRIPT);
    }
    return project;
  }

  /**
   * Runs it.
   *
   * @param steps at which workers are killed, one after another
   * @param more how many other kills follow
   */
  static Outcome of(
      CrashWorld world, TestProject project, long seed, List<Step> steps, int more)
      throws Exception {
    CrashRun run = new CrashRun(world, project, seed);
    try {
      return run.run(steps, more);
    } finally {
      run.worker.close();
    }
  }

  /**
   * How it ended.
   *
   * @param kills what was killed, in order
   * @param report the run's report
   * @param lost attempts that each task lost because its familiar was killed
   */
  record Outcome(List<String> kills, JsonNode report, SortedMap<String, Integer> lost) {}

  private Outcome run(List<Step> steps, int more) throws Exception {
    WorkflowStub stub =
        world
            .client()
            .newUntypedWorkflowStub(
                "Plan", WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(id).build());
    if (!steps.isEmpty()) {
      StepControl.stopAt(WorkerJvm.steps(project), steps.getFirst());
    }
    stub.start(PLAN);
    for (int i = 0; i < steps.size(); i++) {
      killAt(stub, steps.get(i), i + 1 < steps.size() ? steps.get(i + 1) : null);
    }
    Victim[] victims = Victim.values();
    for (int i = 0; i < more; i++) {
      kill(stub, victims[random.nextInt(victims.length)]);
    }
    stub.getResult(180, TimeUnit.SECONDS, JsonNode.class);
    Await.until(PATIENCE, "nothing is left of " + id + " after " + kills,
        () -> project.leftovers().isEmpty());
    String report = project.git("show", "refs/archmage/" + id + "/report");
    return new Outcome(kills, new ObjectMapper().readTree(report), lost);
  }

  private void killAt(WorkflowStub stub, Step step, @Nullable Step next) throws Exception {
    Path folder = WorkerJvm.steps(project);
    Await.until(
        PATIENCE,
        step + " is reached by " + id + " after " + kills,
        () -> StepControl.isAt(folder, step) || hasEnded(stub));
    if (StepControl.isAt(folder, step)) {
      kills.add("worker at " + step);
      if (next != null) {
        StepControl.stopAt(folder, next);
      }
      replaceWorker();
    }
    StepControl.forget(folder, step);
  }

  private void kill(WorkflowStub stub, Victim victim) throws Exception {
    Await.until(
        PATIENCE,
        "a familiar of " + id + " works after " + kills,
        () -> familiar().isPresent() || supervisor().isPresent() || hasEnded(stub));
    TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
    if (hasEnded(stub)) {
      return;
    }
    boolean killed =
        switch (victim) {
          case WORKER -> true;
          case SERVER -> world.killServer();
          case FAMILIAR, WORKER_AND_FAMILIAR -> familiar().filter(this::kill).isPresent();
          case SUPERVISOR, WORKER_AND_SUPERVISOR ->
            supervisor().filter(this::kill).isPresent();
          case WORKER_AND_SERVER -> {
            worker.kill();
            yield world.killServer();
          }
        };
    boolean withWorker =
        switch (victim) {
          case WORKER, WORKER_AND_FAMILIAR, WORKER_AND_SUPERVISOR, WORKER_AND_SERVER -> true;
          case SERVER, FAMILIAR, SUPERVISOR -> false;
        };
    if (withWorker) {
      replaceWorker();
    }
    if (killed) {
      kills.add(victim.toString());
    } else if (withWorker) {
      kills.add(Victim.WORKER.toString());
    }
  }

  private void replaceWorker() throws IOException, InterruptedException {
    worker.kill();
    worker = WorkerJvm.start(world.address(), id, project);
  }

  private static boolean hasEnded(WorkflowStub stub) {
    try {
      stub.getResult(1, TimeUnit.MILLISECONDS, JsonNode.class);
      return true;
    } catch (TimeoutException running) {
      return false;
    }
  }

  /** A process, and the task whose attempt its death ends. */
  private record Living(long pid, String task) {}

  private boolean kill(Living process) {
    boolean killed =
        ProcessHandle.of(process.pid()).map(ProcessHandle::destroyForcibly).orElse(false);
    if (killed) {
      lost.merge(process.task(), 1, Integer::sum);
    }
    return killed;
  }

  private Optional<Living> familiar() throws IOException {
    return project.processes()
        .stream()
        .flatMap(pid -> task(pid).map(task -> new Living(pid, task)).stream())
        .findFirst();
  }

  /** The task of a familiar's own process, which its environment names. */
  private static Optional<String> task(long pid) {
    try {
      String prefix = "ARCHMAGE_TASK_ID=";
      return Stream.of(Files.readString(Path.of("/proc/" + pid + "/environ")).split("\0"))
          .filter(variable -> variable.startsWith(prefix))
          .map(variable -> variable.substring(prefix.length()))
          .findFirst();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** The first whose familiar may be at work. */
  private Optional<Living> supervisor() throws IOException {
    if (!Files.isDirectory(project.state().path().resolve("repos"))) {
      return Optional.empty();
    }
    try (Stream<Path> found = Files.walk(project.state().path().resolve("repos"), TO_A_CLAIM)) {
      return found.filter(path -> path.endsWith("journal/claim"))
          .filter(path -> !Files.exists(path.resolveSibling("exit")))
          .map(CrashRun::supervisor)
          .flatMap(Optional::stream)
          .findFirst();
    } catch (UncheckedIOException moving) {
      return Optional.empty();
    }
  }

  private static Optional<Living> supervisor(Path claim) {
    try {
      long pid = Long.parseLong(Files.readString(claim).split(" ")[0]);
      return ProcessHandle.of(pid).isPresent()
          ? Optional.of(new Living(pid, claim.getName(claim.getNameCount() - 4).toString()))
          : Optional.empty();
    } catch (IOException | NumberFormatException gone) {
      return Optional.empty();
    }
  }
}
