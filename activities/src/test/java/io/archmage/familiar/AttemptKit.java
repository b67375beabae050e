package io.archmage.familiar;

import io.archmage.config.Configuration;
import io.archmage.config.FamiliarSettings;
import io.archmage.config.Limits;
import io.archmage.config.PersonSettings;
import io.archmage.config.RollbackSettings;
import io.archmage.config.ShareSettings;
import io.archmage.config.WorkerRules;
import io.archmage.config.WorkspaceRules;
import io.archmage.contract.InvokeRequest;
import io.archmage.contract.RunKey;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.git.TestRepo;
import io.archmage.plan.DependencyType;
import io.archmage.plan.Execution;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.MergeSettings;
import io.archmage.plan.Plan;
import io.archmage.plan.Position;
import io.archmage.plan.TaskDependency;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import io.archmage.prepare.StoredPlan;
import io.archmage.process.Attachment;
import io.archmage.process.SupervisedProcess;
import io.archmage.process.Supervisor;
import io.archmage.project.Project;
import io.archmage.schedule.RetryRule;
import io.archmage.workspace.WorkspacePool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A project whose familiar {@code poet} is a command of the test, and attempts of its tasks. */
public final class AttemptKit implements AutoCloseable {

  public static final RunKey RUN = new RunKey("run", "execution", "run");
  public static final RunRefs REFS = new RunRefs("run");
  private static final FamiliarName POET = new FamiliarName("poet");
  private static final Duration LONG = Duration.ofSeconds(20);

  public final TestRepo user;
  public final GitRepository repository;
  public final Supervisor supervisor = new Supervisor();
  public final Path marks;
  private final Path state;
  public CommitId base;
  private CommitId plan;
  private List<String> command = List.of();
  private List<String> resume = List.of();
  private WorkspaceRules rules = WorkspaceRules.DEFAULT;
  private @Nullable ShareSettings share;

  public AttemptKit(Path temp) throws IOException {
    user = TestRepo.init(temp.resolve("user"));
    user.write("a.txt", "a\n").write("tool.sh", "#!/bin/sh\n").write("task.md", "From a file.\n");
    base = user.commit("base");
    repository = user.open();
    marks = Files.createDirectory(temp.resolve("marks"));
    state = temp.resolve("state");
    TaskSpec first =
        TaskSpec.builder(new TaskId("A"), POET).description("Do A").promptFile("task.md").build();
    TaskSpec second =
        TaskSpec.builder(new TaskId("B"), POET)
            .dependsOn(
                List.of(
                    new TaskDependency(
                        new TaskId("A"), DependencyType.HARD, Position.UNKNOWN)))
            .build();
    plan(new Plan(null, Execution.DAG, List.of(first, second), List.of(), false));
  }

  /** From now on attempts are of that plan. */
  public AttemptKit plan(Plan value) {
    plan = new StoredPlan(repository).store(REFS, value, List.of());
    return this;
  }

  /** The familiar is this script; {@code MARKS} in it is a folder of the test. */
  public AttemptKit script(String script) {
    return command("sh", "-c", script.replace("MARKS", "'" + marks + "'"));
  }

  /** Sessions of the familiar are continued by this script, which finds the session in {@code $0}. */
  public AttemptKit resume(String script) {
    resume =
        List.of("sh", "-c", script.replace("MARKS", "'" + marks + "'"), "{session_id}");
    return this;
  }

  public AttemptKit command(String... argv) {
    command = List.of(argv);
    return this;
  }

  /** From now on workspaces are made ready and kept so. */
  public AttemptKit rules(WorkspaceRules value) {
    rules = value;
    return this;
  }

  /** From now on its repository is shared. */
  public AttemptKit share(ShareSettings value) {
    share = value;
    return this;
  }

  public Project project() {
    FamiliarSettings poet =
        new FamiliarSettings(POET, command, Map.of(), null, LONG, null, false, resume);
    Configuration configuration =
        new Configuration(
            new TreeMap<>(Map.of(POET, poet)),
            4,
            new TreeMap<>(),
            RetryRule.DEFAULT,
            true,
            true,
            rules,
            Limits.NONE,
            false,
            PersonSettings.DEFAULT,
            RollbackSettings.DEFAULT,
            MergeSettings.NONE,
            List.of(),
            WorkerRules.DEFAULT,
            share);
    return new Project(repository, user.directory(), configuration, "0".repeat(64), state);
  }

  public WorkspacePool pool() {
    return WorkspacePool.of(project());
  }

  public InvokeRequest request(String task, int attempt) {
    return request(task, attempt, 60_000, null, false);
  }

  /** From now on attempts start from that commit. */
  public AttemptKit base(CommitId value) {
    base = value;
    return this;
  }

  public InvokeRequest request(
      String task, int attempt, long timeoutMs, @Nullable Long stallMs, boolean readOnly) {
    return new InvokeRequest(
        RUN,
        user.directory().toString(),
        plan.hex(),
        task,
        "poet",
        attempt,
        base.hex(),
        null,
        timeoutMs,
        stallMs,
        readOnly,
        Map.of());
  }

  public AttemptEnd run(InvokeRequest request, AttemptControl control)
      throws IOException, InterruptedException {
    Map<String, String> worker =
        Map.of("PATH", System.getenv("PATH"), "HOME", marks.toString(), "SECRET", "s3cret");
    return new Attempt(project(), supervisor, request, control, worker).run();
  }

  public AttemptEnd run(InvokeRequest request) throws IOException, InterruptedException {
    return run(request, when(marks.resolve("never"), AttemptControl.Wish.GO_ON));
  }

  /** Wishes that as soon as the file is there. */
  public static AttemptControl when(Path file, AttemptControl.Wish wish) {
    return new AttemptControl() {
      @Override
      public Wish wish() {
        return Files.exists(file) ? wish : Wish.GO_ON;
      }

      @Override
      public Wish ask() {
        return wish();
      }

      @Override
      public void tell(String progress) {
        // Nobody listens.
      }
    };
  }

  /** Wishes nothing until it is asked. */
  public static AttemptControl whenAsked(AttemptControl.Wish wish) {
    return new AttemptControl() {
      @Override
      public Wish wish() {
        return Wish.GO_ON;
      }

      @Override
      public Wish ask() {
        return wish;
      }

      @Override
      public void tell(String progress) {
        // Nobody listens.
      }
    };
  }

  /** Runs it and lets go as soon as the script has made the mark {@code started}. */
  public void startAndLetGo(InvokeRequest request) throws IOException, InterruptedException {
    AttemptEnd end = run(request, when(marks.resolve("started"), AttemptControl.Wish.DETACH));
    if (!(end instanceof AttemptEnd.Detached)) {
      throw new AssertionError("ended before it was let go: " + end);
    }
  }

  /** A pipe in the folder of marks, for scripts to wait on. */
  public Gate gate() throws IOException, InterruptedException {
    Path pipe = marks.resolve("gate");
    if (new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor() != 0) {
      throw new AssertionError("no mkfifo");
    }
    return new Gate(new RandomAccessFile(pipe.toFile(), "rw"));
  }

  /** Open for reading too, so that neither side blocks on opening it. */
  public record Gate(RandomAccessFile pipe) implements AutoCloseable {
    public void open() throws IOException {
      pipe.write("go\n".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
      pipe.close();
    }
  }

  public Path folder(String task, int attempt) {
    return project().folders().attempt(RUN, task, attempt);
  }

  public Path journal(String task, int attempt) {
    return folder(task, attempt).resolve("journal");
  }

  /** The attempt's process, which still runs. */
  public SupervisedProcess process(String task, int attempt)
      throws IOException, InterruptedException {
    return switch (supervisor.attach(journal(task, attempt))) {
      case Attachment.Running running -> running.process();
      case Attachment.NeverStarted never -> throw new AssertionError("never started");
      case Attachment.Finished finished -> throw new AssertionError("ended");
      case Attachment.Lost lost -> throw new AssertionError("lost");
    };
  }

  public String log(String task, int attempt, String file) {
    CommitId tree = repository.refs().read(REFS.log(task, attempt)).orElseThrow();
    return new String(
        repository.objects().readFile(tree, file).orElseThrow(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (Path attempt : project().folders().attempts(project().folders().run(RUN))) {
      if (Files.isDirectory(attempt.resolve("journal"))) {
        supervisor.reap(attempt.resolve("journal"));
      }
    }
    repository.close();
  }
}
