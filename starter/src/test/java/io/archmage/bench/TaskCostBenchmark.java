package io.archmage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.cli.Main;
import io.archmage.durable.WorkflowNames;
import io.archmage.project.Project;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.archmage.server.EmbeddedServer;
import io.archmage.server.ServerRecord;
import io.archmage.settings.StateDirectory;
import io.archmage.worker.ProjectLoader;
import io.archmage.worker.StepControl;
import io.archmage.worker.WorkerProcess;
import io.archmage.worker.WorkerSettings;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a task costs beyond its familiar: a chain by Archmage, by hand, and by Temporal alone. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class TaskCostBenchmark {

  private static final Map<String, List<String>> FAMILIARS =
      Map.of(
          "noop",
          List.of("true"),
          "file",
          List.of("sh", "-c", "echo \"$ARCHMAGE_RUN_ID\" >\"$ARCHMAGE_TASK_ID.txt\""));

  /** Worktrees made by hand, to compare with workspaces. */
  private static final int WORKTREES = 5;

  /** Rounds whose times are thrown away, for the JVM's compiler. */
  private static final int WARM_UPS = 1;

  @TempDir
  Path folder;
  private final int rounds = Integer.getInteger("bench.rounds", 5);
  private final int tasks = Integer.getInteger("bench.tasks", 50);
  private final int[] sizes =
      Stream.of(System.getProperty("bench.files", "100,5000").split(",", -1))
          .mapToInt(Integer::parseInt)
          .toArray();
  private final StringBuilder costs = new StringBuilder();
  private final StringBuilder workspaces = new StringBuilder();
  private final WorkspaceTimes workspaceTimes = new WorkspaceTimes();
  private final StringBuilder profiles = new StringBuilder();
  private EmbeddedServer server;
  private String version;
  private WorkflowServiceStubs stubs;
  private WorkflowClient client;
  private int activities;
  private int runs;

  @BeforeEach
  void startServer() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    StateDirectory state = new StateDirectory(folder.resolve("server"));
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put(StateDirectory.VARIABLE, state.path().toString());
    server = new EmbeddedServer(state, environment);
    ServerRecord record =
        server.ensureRunning(
            List.of(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    version =
        "Temporal's CLI %s, its server on a database file, as Archmage starts it"
            .formatted(record.version());
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(record.address())
                .build());
    client = WorkflowClient.newInstance(stubs);
  }

  @AfterEach
  void stopServer() {
    StepControl.tell(null);
    if (stubs != null) {
      stubs.shutdownNow();
      stubs.awaitTermination(10, TimeUnit.SECONDS);
    }
    server.stop();
  }

  @Test
  void measure() throws Exception {
    double loadBefore = Machine.load();
    StepControl.tell(workspaceTimes);
    for (int files : sizes) {
      withFiles(files);
    }
    try (PlainChain plain = new PlainChain(client, "plain")) {
      plain("Temporal alone, one activity for each task", plain, tasks);
      plain("Temporal alone, as many activities as Archmage", plain, activities);
    }
    String result =
        "%s\n\nLoad average before: %.1f, after: %.1f (the benchmark itself counts).\n\n%s\n%s"
            .formatted(
                String.join("\n", Machine.describe(version)),
                loadBefore,
                Machine.load(),
                "Milliseconds per task, chains of "
                    + tasks
                    + " tasks, "
                    + rounds
                    + " rounds after a first one that does not count:\n\n"
                    + "| what | least | median | most |\n| --- | ---: | ---: | ---: |\n"
                    + costs
                    + "\nMilliseconds until the files are there, in the same run:\n\n"
                    + "| what | least | median | most |\n| --- | ---: | ---: | ---: |\n"
                    + workspaces,
                profiles);
    System.out.println(result);
    if (Boolean.getBoolean("bench.write")) {
      BenchmarkPage.write(Path.of("../docs/benchmarks.md"), result);
    }
  }

  private void plain(String name, PlainChain chain, int count) {
    List<Double> times = new ArrayList<>();
    for (int round = -WARM_UPS; round < rounds; round++) {
      double time = chain.run(count);
      if (round >= 0) {
        times.add(time);
      }
    }
    row(name + " (" + count + ")", times);
  }

  private void row(String name, List<Double> times) {
    row(costs, name, new Samples(times).cells(tasks));
  }

  private static void row(StringBuilder table, String name, String cells) {
    String row = "| %s | %s |\n".formatted(name, cells);
    System.out.print(row);
    table.append(row);
  }

  private void withFiles(int files) throws Exception {
    BenchRepository ours = BenchRepository.make(folder.resolve("ours-" + files), files);
    BenchRepository theirs = BenchRepository.make(folder.resolve("by-hand-" + files), files);
    Map<String, Object> configuration = new LinkedHashMap<>();
    Map<String, Object> familiars = new LinkedHashMap<>();
    FAMILIARS.forEach((name, command) -> familiars.put(name, Map.of("command", command)));
    configuration.put("familiars", familiars);
    Project project =
        new ProjectLoader(new StateDirectory(folder.resolve("state")))
            .load(ours.path(), configuration)
            .project();
    String queue = "bench-" + files;
    WorkerProcess worker =
        new WorkerProcess(client, new WorkerSettings(List.of(project), queue, null));
    Thread thread = Thread.ofPlatform().start(() -> serve(worker));
    try {
      for (String familiar : List.of("noop", "file")) {
        compare(
            files,
            familiar,
            ours,
            theirs,
            WorkflowNames.repositoryQueue(queue, project.id()));
      }
      row(
          workspaces,
          "a workspace of the pool, %,d files, a file changed".formatted(files),
          new Samples(workspaceTimes.take()).cells(1));
      row(
          workspaces,
          "`git worktree add`, %,d files".formatted(files),
          new Samples(theirs.worktrees(WORKTREES)).cells(1));
    } finally {
      worker.requestStop();
      thread.join();
    }
    assertThat(project.folders().runs()).as("what is left of the runs").isEmpty();
  }

  private static void serve(WorkerProcess worker) {
    try {
      worker.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void compare(
      int files, String familiar, BenchRepository ours, BenchRepository theirs, String queue)
      throws Exception {
    List<Double> archmage = new ArrayList<>();
    List<Double> byHand = new ArrayList<>();
    String last = "";
    for (int round = -WARM_UPS; round < rounds; round++) {
      last = "bench-" + ++runs;
      workspaceTimes.take();
      double first = archmage(last, queue, familiar);
      double second = theirs.byHand(tasks, last, FAMILIARS.get(familiar));
      if (round >= 0) {
        archmage.add(first);
        byHand.add(second);
      }
    }
    if (familiar.equals("file")) {
      assertThat(ours.git("show", "main:t" + tasks + ".txt")).isEqualTo(last);
      assertThat(theirs.git("show", "main:t" + tasks + ".txt")).isEqualTo(last);
    }
    String what = familiar.equals("noop") ? "nothing changed" : "a file written";
    row("Archmage, %,d files, %s".formatted(files, what), archmage);
    row("by hand, %,d files, %s".formatted(files, what), byHand);
    RunProfile profile = RunProfile.of(client, last);
    activities = Math.max(activities, profile.activities());
    if (familiar.equals("file")) {
      profiles.append(
          "\nThe last run at %,d files by its history, medians in milliseconds:\n\n"
              .formatted(files));
      profiles.append("| activity | times | waited | worked |\n| --- | ---: | ---: | ---: |\n");
      profiles.append(String.join("\n", profile.rows())).append('\n');
    }
  }

  /** Milliseconds of one run, from its start by a client to its result. */
  private double archmage(String id, String queue, String familiar) throws Exception {
    List<Map<String, Object>> chain =
        IntStream.rangeClosed(1, tasks)
            .mapToObj(
                task -> Map.of(
                    "id",
                    "t" + task,
                    "familiar",
                    familiar,
                    "depends_on",
                    task == 1 ? List.of() : List.of("t" + (task - 1))))
            .toList();
    WorkflowStub run =
        client.newUntypedWorkflowStub(
            WorkflowNames.PLAN,
            WorkflowOptions.newBuilder().setTaskQueue(queue).setWorkflowId(id).build());
    long begin = System.nanoTime();
    run.start(Map.of("tasks", chain));
    RunReport report = run.getResult(15, TimeUnit.MINUTES, RunReport.class);
    double time = (System.nanoTime() - begin) / 1e6;
    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    return time;
  }
}
