package io.archmage.familiar;

import io.archmage.config.FamiliarSettings;
import io.archmage.contract.AttemptFailure;
import io.archmage.contract.InvokeRequest;
import io.archmage.contract.Usage;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.Plan;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import io.archmage.prepare.StoredPlan;
import io.archmage.process.Attachment;
import io.archmage.process.CommandUnavailableException;
import io.archmage.process.EndReason;
import io.archmage.process.ProcessExit;
import io.archmage.process.ProcessSpec;
import io.archmage.process.SupervisedProcess;
import io.archmage.process.Supervisor;
import io.archmage.project.Project;
import io.archmage.project.RunFolders;
import io.archmage.workspace.TreeRemover;
import io.archmage.workspace.Workspace;
import io.archmage.workspace.WorkspaceSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/**
 * One attempt on this machine, from its workspace to its end. Asked again, it goes on where it was:
 * a living process is followed, a finished one harvested, an ended attempt answered from its file.
 */
public final class Attempt {

  private static final Duration LOCK_LOOK = Duration.ofMillis(50);

  private final Project project;
  private final Supervisor supervisor;
  private final InvokeRequest request;
  private final AttemptControl control;
  private final Map<String, String> workerEnvironment;
  private final GitRepository repository;
  private final RunFolders folders;
  private final AttemptFolder folder;

  /**
   * An attempt.
   *
   * @param project its repository and configuration
   * @param supervisor starts and finds processes
   * @param request which attempt
   * @param control whoever asked for it
   * @param workerEnvironment the worker's own variables, of which a familiar gets a few
   */
  public Attempt(
      Project project,
      Supervisor supervisor,
      InvokeRequest request,
      AttemptControl control,
      Map<String, String> workerEnvironment) {
    this.project = project;
    this.supervisor = supervisor;
    this.request = request;
    this.control = control;
    this.workerEnvironment = workerEnvironment;
    this.repository = project.repository();
    this.folders = project.folders();
    this.folder =
        new AttemptFolder(folders.attempt(request.run(), request.task(), request.attempt()));
  }

  /**
   * Runs or continues the attempt and keeps what it left.
   *
   * @throws IOException if this machine fails, for example with a full disk; asking again may help
   * @throws InterruptedException if this worker stops; the familiar goes on
   */
  public AttemptEnd run() throws IOException, InterruptedException {
    folders.claim(request.run());
    while (true) {
      Optional<TaskLock> lock = TaskLock.tryTake(folders.task(request.run(), request.task()));
      if (lock.isPresent()) {
        try {
          return locked();
        } finally {
          lock.get().close();
        }
      }
      if (control.wish() == AttemptControl.Wish.DETACH) {
        return new AttemptEnd.Detached();
      }
      control.tell("another worker still follows this task");
      TimeUnit.MILLISECONDS.sleep(LOCK_LOOK.toMillis());
    }
  }

  private AttemptEnd locked() throws IOException, InterruptedException {
    Optional<AttemptEnd> known = AttemptEndFile.read(folder.end());
    if (known.isPresent()) {
      return known.get();
    }
    Plan plan = new StoredPlan(repository).plan(new CommitId(request.planId()));
    TaskSpec task = task(plan);
    AttemptHarvest harvest = new AttemptHarvest(repository, request, task, folder);
    return switch (supervisor.attach(folder.journal())) {
      case Attachment.NeverStarted never -> start(plan, task, harvest);
      case Attachment.Running running -> follow(running.process(), harvest);
      case Attachment.Finished finished ->
        take(
            harvest,
            finished.exit(),
            AttemptFollower.stopped(folder.stalled(), AttemptFollower.Stopped.NOT));
      case Attachment.Lost lost -> takeLost(harvest);
    };
  }

  private AttemptEnd takeLost(AttemptHarvest harvest) throws IOException {
    return take(
        harvest,
        new ProcessExit(ProcessExit.UNKNOWN_CODE, EndReason.LOST, startOfJournal(), Instant.now()),
        AttemptFollower.Stopped.NOT);
  }

  /** A familiar that removes its own journal is not started once more for the same attempt. */
  private AttemptEnd lostWithItsJournal(AttemptHarvest harvest, NoSuchFileException gone)
      throws IOException {
    if (Files.exists(folder.journal())) {
      throw gone;
    }
    return takeLost(harvest);
  }

  private AttemptEnd start(Plan plan, TaskSpec task, AttemptHarvest harvest)
      throws IOException, InterruptedException {
    if (control.wish() == AttemptControl.Wish.CANCEL) {
      return ended(
          neverStarted(AttemptFailure.Kind.CANCELLED, "cancelled before its familiar started"));
    }
    FamiliarSettings settings =
        project.configuration().settings(new FamiliarName(request.familiar()));
    if (settings.command().isEmpty()) {
      return ended(
          neverStarted(
              AttemptFailure.Kind.UNAVAILABLE,
              "familiar " + request.familiar() + " has no command in this worker's configuration"));
    }
    control.tell("preparing the workspace");
    reapEarlierAttempts();
    folder.create();
    AttemptRequestFile.write(folder.request(), request);
    Workspace workspace =
        Workspace.prepare(
            repository,
            folders.workspace(request.run(), request.task()),
            new CommitId(request.base()),
            workspaceSettings());
    SequencedMap<String, Path> results =
        new AttemptInputs(repository, request).write(plan, task, folder.inputs());
    folder.writePrompt(PromptText.of(task, promptFile(task), results, request.rerunBecause()));
    FamiliarCommand command =
        new FamiliarCommand(settings, task, request, folder, workspace.files());
    ProcessSpec spec =
        ProcessSpec.of(
            command.arguments(),
            workspace.files(),
            command.environment(workerEnvironment),
            folder.prompt())
            .withWallTimeout(Duration.ofMillis(request.timeoutMs()));
    try {
      return follow(supervisor.start(folder.journal(), spec), harvest);
    } catch (NoSuchFileException gone) {
      return lostWithItsJournal(harvest, gone);
    } catch (CommandUnavailableException unavailable) {
      workspace.remove();
      return ended(
          neverStarted(
              AttemptFailure.Kind.UNAVAILABLE,
              "familiar "
                  + request.familiar()
                  + " cannot start: "
                  + inRepository(unavailable, workspace)));
    }
  }

  private AttemptEnd follow(SupervisedProcess process, AttemptHarvest harvest)
      throws IOException, InterruptedException {
    Long stall = request.stallMs();
    Optional<AttemptFollower.Followed> followed =
        new AttemptFollower(
            process,
            control,
            folder.stalled(),
            stall == null ? null : Duration.ofMillis(stall))
            .follow();
    return followed.isEmpty()
        ? new AttemptEnd.Detached()
        : take(harvest, followed.get().exit(), followed.get().stopped());
  }

  private AttemptEnd take(
      AttemptHarvest harvest, ProcessExit exit, AttemptFollower.Stopped stopped)
      throws IOException {
    control.tell("keeping what it left");
    Path root = folders.workspace(request.run(), request.task());
    Optional<Workspace> workspace =
        Workspace.salvage(repository, root, new CommitId(request.base()), workspaceSettings());
    AttemptEnd end =
        ended(
            workspace.isPresent()
                ? harvest.take(workspace.get(), exit, stopped)
                : harvest.takeWithoutFiles(exit));
    TreeRemover.remove(root);
    TreeRemover.remove(folder.journal());
    TreeRemover.remove(folder.temporary());
    return end;
  }

  /** Names files as the repository has them: the workspace is gone when the message is read. */
  private static String inRepository(CommandUnavailableException failure, Workspace workspace) {
    String message = String.valueOf(failure.getMessage());
    String missing = "there is no file " + workspace.files() + "/";
    String hint = message.startsWith(missing) ? " in the workspace; is it committed?" : "";
    return message.replace(workspace.files() + "/", "") + hint;
  }

  /** From here on the answer is known, whatever happens to this worker. */
  private AttemptEnd ended(AttemptEnd end) throws IOException {
    folder.create();
    AttemptEndFile.write(folder.end(), end);
    return end;
  }

  private void reapEarlierAttempts() throws IOException, InterruptedException {
    for (int attempt = 1; attempt < request.attempt(); attempt++) {
      AttemptFolder earlier =
          new AttemptFolder(folders.attempt(request.run(), request.task(), attempt));
      if (Files.isDirectory(earlier.journal())) {
        supervisor.reap(earlier.journal());
      }
    }
  }

  private TaskSpec task(Plan plan) {
    TaskId id = new TaskId(request.task());
    return plan.tasks()
        .stream()
        .filter(task -> task.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the stored plan has no task " + id));
  }

  private Optional<String> promptFile(TaskSpec task) {
    return Optional.ofNullable(task.promptFile())
        .flatMap(path -> repository.objects().readFile(new CommitId(request.base()), path))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private WorkspaceSettings workspaceSettings() {
    WorkspaceSettings defaults = WorkspaceSettings.DEFAULT;
    return project.configuration().excludes().isEmpty()
        ? defaults
        : new WorkspaceSettings(
            defaults.branch(),
            project.configuration().excludes(),
            defaults.reportOver(),
            defaults.omitOver());
  }

  private Instant startOfJournal() throws IOException {
    Path journal = folder.journal();
    return Files.exists(journal) ? Files.getLastModifiedTime(journal).toInstant() : Instant.now();
  }

  private static AttemptEnd neverStarted(AttemptFailure.Kind kind, String message) {
    return new AttemptEnd.Failed(
        new AttemptFailure(
            kind, null, message, null, "", null, null, null, 0, null, Usage.NONE));
  }
}
