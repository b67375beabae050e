package io.archmage.familiar;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.InvokeRequest;
import io.archmage.contract.Usage;
import io.archmage.fault.Step;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.plan.Plan;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import io.archmage.prepare.StoredPlan;
import io.archmage.process.Attachment;
import io.archmage.process.EndReason;
import io.archmage.process.ProcessExit;
import io.archmage.process.SupervisedProcess;
import io.archmage.process.Supervisor;
import io.archmage.project.Project;
import io.archmage.project.RunFolders;
import io.archmage.workspace.TreeRemover;
import io.archmage.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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
  private final AttemptWorkspace workspace;
  private final AttemptShare share;

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
    this.share = new AttemptShare(project, request, control);
    this.control = share;
    this.workerEnvironment = workerEnvironment;
    this.repository = project.repository();
    this.folders = project.folders();
    this.folder =
        new AttemptFolder(folders.attempt(request.run(), request.task(), request.attempt()));
    this.workspace = new AttemptWorkspace(project, supervisor, request, folder, share);
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

  AttemptEnd locked() throws IOException, InterruptedException {
    Optional<AttemptEnd> known = AttemptEndFile.read(folder.end());
    if (known.isPresent()) {
      if (!Files.exists(folders.attempt(request.run(), request.task(), request.attempt() + 1))) {
        cleanUp(known.get());
      }
      return known.get();
    }
    share.bring();
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

  /** However it ended: another attempt has its task now, and what it came to counts no more. */
  private static ProcessExit lost(ProcessExit exit) {
    return new ProcessExit(
        ProcessExit.UNKNOWN_CODE, EndReason.LOST, exit.startedAt(), exit.endedAt());
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
    AttemptStart start =
        new AttemptStart(
            project, supervisor, request, share, workerEnvironment, folder, workspace);
    return switch (start.start(plan, task)) {
      case AttemptStart.Outcome.Started started -> follow(started.process(), harvest);
      case AttemptStart.Outcome.Vanished vanished ->
        lostWithItsJournal(harvest, vanished.because());
      case AttemptStart.Outcome.NotStarted not -> notStarted(not.kind(), not.message());
      case AttemptStart.Outcome.LetGo letGo -> new AttemptEnd.Detached();
    };
  }

  private AttemptEnd notStarted(AttemptFailure.Kind kind, String message) throws IOException {
    AttemptEnd end = ended(neverStarted(kind, message));
    cleanUp(end);
    return end;
  }

  private AttemptEnd follow(SupervisedProcess process, AttemptHarvest harvest)
      throws IOException, InterruptedException {
    Long stall = request.stallMs();
    Optional<AttemptFollower.Followed> followed;
    try {
      followed =
          new AttemptFollower(
              process,
              control,
              folder.stalled(),
              stall == null ? null : Duration.ofMillis(stall))
              .recording(
                  project.configuration().workspace().snapshotEvery(), () -> recordSoFar(harvest))
              .follow();
    } catch (NoSuchFileException gone) {
      return lostWithItsJournal(harvest, gone);
    }
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
        new LeftWorkspace(project, request).saysWhereItIs(
            left.isPresent()
                ? harvest.take(left.get(), share.isLost() ? lost(exit) : exit, stopped)
                : harvest.takeWithoutFiles(exit));
    share.keep();
    ended(end);
    cleanUp(end);
    return end;
  }

  /** Repeated by whoever asks again, as this worker may die in the middle. */
  private void cleanUp(AttemptEnd end) throws IOException {
    new LeftWorkspace(project, request).settle(end);
    Step.WORKSPACE_RELEASED.reached();
    TreeRemover.remove(folder.journal());
    TreeRemover.remove(folder.setupJournal());
    TreeRemover.remove(folder.temporary());
  }

  /** A failure is no reason to stop the familiar: the next time is soon, and the end decides. */
  private void recordSoFar(AttemptHarvest harvest) throws IOException {
    try {
      Optional<Workspace> files = workspace.salvage();
      if (files.isPresent()) {
        harvest.takeSoFar(files.get());
        share.pushSnapshot();
      }
    } catch (GitException e) {
      control.tell("its work so far cannot be kept: " + e.getMessage());
    }
  }

  /** From here on the answer is known, whatever happens to this worker. */
  private AttemptEnd ended(AttemptEnd end) throws IOException {
    folder.create();
    AttemptEndFile.write(folder.end(), end);
    Step.END_WRITTEN.reached();
    return end;
  }

  private TaskSpec task(Plan plan) {
    TaskId id = new TaskId(request.task());
    return plan.tasks()
        .stream()
        .filter(task -> task.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the stored plan has no task " + id));
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
