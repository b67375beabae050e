package io.archmage.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.durable.WorkflowNames;
import io.archmage.fault.Step;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  /** Several heartbeat timeouts and retries may come together. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final CrashWorld world;
  private final CrashPlan plan;
  private final TestProject project;
  private final Random random;
  private final String id;
  private final SortedMap<String, Integer> lost = new TreeMap<>();
  private final List<String> kills = new ArrayList<>();
  private WorkerJvm worker;

  private CrashRun(CrashWorld world, CrashPlan plan, TestProject project, long seed)
      throws IOException {
    this.world = world;
    this.plan = plan;
    this.project = project;
    this.random = new Random(seed);
    this.id = "crash-" + seed;
    this.worker = WorkerJvm.start(world.address(), id, project);
  }

  /**
   * Runs it.
   *
   * @param steps at which workers are killed, one after another
   * @param more how many other kills follow
   */
  static Outcome of(
      CrashWorld world,
      CrashPlan plan,
      TestProject project,
      long seed,
      List<Step> steps,
      int more)
      throws Exception {
    CrashRun run = new CrashRun(world, plan, project, seed);
    try {
      return run.run(steps, more);
    } catch (AssertionError | TimeoutException stuck) {
      throw new AssertionError(
          stuck.getMessage() + "\nthe last worker is "
              + (run.worker.isAlive() ? "alive" : "dead") + " and says:\n" + run.worker.log(),
          stuck);
    } finally {
      run.worker.close();
    }
  }

  /**
   * How it ended.
   *
   * @param run its id
   * @param kills what was killed, in order
   * @param report the run's report
   * @param lost attempts that each task lost because its familiar was killed
   */
  record Outcome(String run, List<String> kills, JsonNode report,
      SortedMap<String, Integer> lost) {}

  private Outcome run(List<Step> steps, int more) throws Exception {
    WorkflowStub stub =
        world
            .client()
            .newUntypedWorkflowStub(
                "Plan",
                WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(queue()).build());
    if (!steps.isEmpty()) {
      StepControl.stopAt(WorkerJvm.steps(project), steps.getFirst());
    }
    stub.start(plan.plan());
    for (int i = 0; i < steps.size(); i++) {
      killAt(stub, steps.get(i), i + 1 < steps.size() ? steps.get(i + 1) : null);
    }
    Victim[] victims = Victim.values();
    for (int i = 0; i < more; i++) {
      kill(stub, victims[random.nextInt(victims.length)]);
    }
    awaitEnd(stub);
    Await.until(PATIENCE, "nothing is left of " + id + " after " + kills,
        () -> project.leftovers().isEmpty());
    String report = project.git("show", "refs/archmage/" + id + "/report");
    return new Outcome(id, kills, new ObjectMapper().readTree(report), lost);
  }

  /** Mostly the repository's own, as commands start runs, else that of all repositories. */
  private String queue() {
    return random.nextInt(4) == 0
        ? id
        : WorkflowNames.repositoryQueue(id, project.load().project().id());
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
    return stub.describe().getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  private static void awaitEnd(WorkflowStub stub) throws TimeoutException {
    try {
      stub.getResult(PATIENCE.toMillis(), TimeUnit.MILLISECONDS, JsonNode.class);
    } catch (WorkflowFailedException ended) {
      // Its report says whether that was to be.
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
