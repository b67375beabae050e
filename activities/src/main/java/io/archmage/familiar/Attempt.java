package io.archmage.familiar;

import io.archmage.config.FamiliarSettings;
import io.archmage.contract.AttemptFailure;
import io.archmage.contract.InvokeRequest;
import io.archmage.contract.Usage;
import io.archmage.fault.Step;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
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

  private static final String CANCELLED = "cancelled before its familiar started";

  private static final Duration LOCK_LOOK = Duration.ofMillis(50);

  private final Project project;
  private final Supervisor supervisor;
  private final InvokeRequest request;
  private final AttemptControl control;
  private final Map<String, String> workerEnvironment;
  private final GitRepository repository;
  private final RunFolders folders;
  private final AttemptFolder folder;
  private final AttemptWorkspace workspace;

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
    this.workspace = new AttemptWorkspace(project, supervisor, request, folder, control);
  }

  /**
   * Runs or continues the attempt and keeps what it left.
   *
   * @throws IOException if this machine fails, for example with a full disk; asking again may help
   * @throws InterruptedException if this worker stops; the familiar goes on
   */
  public AttemptEnd run() throws IOException, InterruptedException {
    folders.claim(request.run());
    Step.RUN_CLAIMED.reached();
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
      cleanUp(known.get());
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
      return ended(neverStarted(AttemptFailure.Kind.CANCELLED, CANCELLED));
    }
    FamiliarSettings settings =
        project.configuration().settings(new FamiliarName(request.familiar()));
    if (settings.command().isEmpty()) {
      return ended(
          neverStarted(
              AttemptFailure.Kind.UNAVAILABLE,
              "familiar " + request.familiar() + " has no command in this worker's configuration"));
    }
    endEarlierAttempts();
    folder.create();
    AttemptRequestFile.write(folder.request(), request);
    Optional<AttemptWorkspace.Ready> ready;
    try {
      ready = workspace.prepare(workerEnvironment);
    } catch (NotReadyException notReady) {
      return notStarted(
          control.wish() == AttemptControl.Wish.CANCEL
              ? AttemptFailure.Kind.CANCELLED
              : notReady.kind(),
          String.valueOf(notReady.getMessage()));
    }
    return ready.isEmpty()
        ? new AttemptEnd.Detached()
        : start(plan, task, harvest, settings, ready.get());
  }

  private AttemptEnd start(
      Plan plan,
      TaskSpec task,
      AttemptHarvest harvest,
      FamiliarSettings settings,
      AttemptWorkspace.Ready ready)
      throws IOException, InterruptedException {
    SequencedMap<String, Path> results =
        new AttemptInputs(repository, request).write(plan, task, folder.inputs());
    folder.writePrompt(PromptText.of(task, promptFile(task), results, request.rerunBecause()));
    Path files = ready.workspace().files();
    FamiliarCommand command =
        new FamiliarCommand(settings, task, request, folder, files, ready.portBase());
    ProcessSpec spec =
        ProcessSpec.of(
            command.arguments(),
            files,
            command.environment(workerEnvironment),
            folder.prompt())
            .withWallTimeout(Duration.ofMillis(request.timeoutMs()));
    switch (control.ask()) {
      case DETACH -> {
        return new AttemptEnd.Detached();
      }
      case CANCEL -> {
        return notStarted(AttemptFailure.Kind.CANCELLED, CANCELLED);
      }
      case GO_ON -> {}
    }
    try {
      SupervisedProcess process = supervisor.start(folder.journal(), spec);
      Step.SUPERVISOR_STARTED.reached();
      return follow(process, harvest);
    } catch (NoSuchFileException gone) {
      return lostWithItsJournal(harvest, gone);
    } catch (CommandUnavailableException unavailable) {
      return notStarted(
          AttemptFailure.Kind.UNAVAILABLE,
          "familiar "
              + request.familiar()
              + " cannot start: "
              + inRepository(unavailable, files));
    }
  }

  private AttemptEnd notStarted(AttemptFailure.Kind kind, String message) throws IOException {
    AttemptEnd end = ended(neverStarted(kind, message));
    cleanUp(end);
    return end;
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
            .recording(
                project.configuration().workspace().snapshotEvery(), () -> recordSoFar(harvest))
            .follow();
    return followed.isEmpty()
        ? new AttemptEnd.Detached()
        : take(harvest, followed.get().exit(), followed.get().stopped());
  }

  private AttemptEnd take(
      AttemptHarvest harvest, ProcessExit exit, AttemptFollower.Stopped stopped)
      throws IOException {
    control.tell("keeping what it left");
    Step.FAMILIAR_ENDED.reached();
    Optional<Workspace> left = workspace.salvage();
    AttemptEnd end =
        saysWhereItIs(
            left.isPresent()
                ? harvest.take(left.get(), exit, stopped)
                : harvest.takeWithoutFiles(exit));
    ended(end);
    cleanUp(end);
    return end;
  }

  /** Repeated by whoever asks again, as this worker may die in the middle. */
  private void cleanUp(AttemptEnd end) throws IOException {
    Optional<Path> place = placeToKeep(end);
    if (place.isPresent()) {
      workspace.keepAt(place.get());
    }
    workspace.release();
    Step.WORKSPACE_RELEASED.reached();
    TreeRemover.remove(folder.journal());
    TreeRemover.remove(folder.setupJournal());
    TreeRemover.remove(folder.temporary());
  }

  private Optional<Path> placeToKeep(AttemptEnd end) {
    return end instanceof AttemptEnd.Failed failed
        && failed.failure().startedAt() != null
        && failed.failure().kind() != AttemptFailure.Kind.CANCELLED
            ? workspace.placeToKeep()
            : Optional.empty();
  }

  private AttemptEnd saysWhereItIs(AttemptEnd end) {
    Optional<Path> place = placeToKeep(end);
    return place.isPresent() && end instanceof AttemptEnd.Failed failed
        ? new AttemptEnd.Failed(
            failed
                .failure()
                .withMessage(
                    failed.failure().message()
                        + " (its workspace is kept at "
                        + place.get().resolve("files")
                        + ")"))
        : end;
  }

  /** A failure is no reason to stop the familiar: the next time is soon, and the end decides. */
  private void recordSoFar(AttemptHarvest harvest) throws IOException {
    try {
      Optional<Workspace> files = workspace.salvage();
      if (files.isPresent()) {
        harvest.takeSoFar(files.get());
      }
    } catch (GitException e) {
      control.tell("its work so far cannot be kept: " + e.getMessage());
    }
  }

  /** Names files as the repository has them: the workspace is gone when the message is read. */
  private static String inRepository(CommandUnavailableException failure, Path files) {
    String message = String.valueOf(failure.getMessage());
    String missing = "there is no file " + files + "/";
    String hint = message.startsWith(missing) ? " in the workspace; is it committed?" : "";
    return message.replace(files + "/", "") + hint;
  }

  /** From here on the answer is known, whatever happens to this worker. */
  private AttemptEnd ended(AttemptEnd end) throws IOException {
    folder.create();
    AttemptEndFile.write(folder.end(), end);
    Step.END_WRITTEN.reached();
    return end;
  }

  /** One that the engine gave up may still run, and what it left lies where ours is to work. */
  private void endEarlierAttempts() throws IOException, InterruptedException {
    for (int attempt = 1; attempt < request.attempt(); attempt++) {
      AttemptFolder earlier =
          new AttemptFolder(folders.attempt(request.run(), request.task(), attempt));
      Optional<InvokeRequest> abandoned = AbandonedAttempt.request(earlier);
      if (abandoned.isPresent()) {
        new Attempt(
            project, supervisor, abandoned.get(), AbandonedAttempt.CANCELLED, workerEnvironment)
            .locked();
      }
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
