package io.archmage.familiar;

import io.archmage.config.FamiliarSettings;
import io.archmage.contract.AttemptFailure;
import io.archmage.contract.InvokeRequest;
import io.archmage.disk.WholeFile;
import io.archmage.fault.Step;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.git.TaskTrailers;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.Plan;
import io.archmage.plan.TaskSpec;
import io.archmage.process.CommandUnavailableException;
import io.archmage.process.ProcessSpec;
import io.archmage.process.SupervisedProcess;
import io.archmage.process.Supervisor;
import io.archmage.project.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Makes everything ready for the familiar of an attempt and starts it. */
final class AttemptStart {

  private static final String CANCELLED = "cancelled before its familiar started";

  /** What came of it. */
  sealed interface Outcome {

    /** The familiar is at work. */
    record Started(SupervisedProcess process) implements Outcome {}

    /** The familiar was started and has removed the traces of that. */
    record Vanished(NoSuchFileException because) implements Outcome {}

    /** It cannot be started, or shall not. */
    record NotStarted(AttemptFailure.Kind kind, String message) implements Outcome {}

    /** Somebody else is to start it. */
    record LetGo() implements Outcome {}
  }

  private final Project project;
  private final Supervisor supervisor;
  private final InvokeRequest request;
  private final AttemptShare control;
  private final Map<String, String> workerEnvironment;
  private final GitRepository repository;
  private final AttemptFolder folder;
  private final AttemptWorkspace workspace;
  private final FamiliarSettings settings;

  /** The start of that attempt; the parameters are those of {@link Attempt}. */
  AttemptStart(
      Project project,
      Supervisor supervisor,
      InvokeRequest request,
      AttemptShare control,
      Map<String, String> workerEnvironment,
      AttemptFolder folder,
      AttemptWorkspace workspace) {
    this.project = project;
    this.supervisor = supervisor;
    this.request = request;
    this.control = control;
    this.workerEnvironment = workerEnvironment;
    this.repository = project.repository();
    this.folder = folder;
    this.workspace = workspace;
    this.settings = project.configuration().settings(new FamiliarName(request.familiar()));
  }

  /** Starts it, unless that is not wanted. */
  Outcome start(Plan plan, TaskSpec task) throws IOException, InterruptedException {
    if (control.wish() == AttemptControl.Wish.CANCEL) {
      return new Outcome.NotStarted(AttemptFailure.Kind.CANCELLED, CANCELLED);
    }
    if (settings.command().isEmpty()) {
      return new Outcome.NotStarted(
          AttemptFailure.Kind.UNAVAILABLE,
          "familiar " + request.familiar() + " has no command in this worker's configuration");
    }
    EarlierAttempts earlier =
        new EarlierAttempts(project, supervisor, request, workerEnvironment);
    earlier.end();
    Optional<String> taken = control.take();
    if (taken.isPresent()) {
      return new Outcome.NotStarted(AttemptFailure.Kind.LOST, taken.get());
    }
    folder.create();
    AttemptRequestFile.write(folder.request(), request);
    Continuation known = earlier.left(!settings.resume().isEmpty());
    Continuation continuation =
        known == Continuation.NONE && control.goesOn() ? Continuation.OF_FILES : known;
    Optional<AttemptWorkspace.Ready> ready;
    try {
      ready = workspace.prepare(workerEnvironment);
    } catch (NotReadyException notReady) {
      return new Outcome.NotStarted(
          control.wish() == AttemptControl.Wish.CANCEL
              ? AttemptFailure.Kind.CANCELLED
              : notReady.kind(),
          String.valueOf(notReady.getMessage()));
    }
    return ready.isEmpty()
        ? new Outcome.LetGo()
        : start(plan, task, ready.get(), continuation);
  }

  private Outcome start(
      Plan plan, TaskSpec task, AttemptWorkspace.Ready ready, Continuation continuation)
      throws IOException, InterruptedException {
    CarriedFiles carried = carry(ready, continuation);
    Beginning beginning = beginning(continuation, carried);
    SequencedMap<String, Path> results =
        new AttemptInputs(repository, request).write(plan, task, folder.inputs());
    folder.writePrompt(
        PromptText.of(task, promptFile(task), results, request.rerunBecause(), carried));
    Path files = ready.workspace().files();
    FamiliarCommand command =
        new FamiliarCommand(
            settings, task, request, folder, files, ready.portBase(), beginning);
    ProcessSpec spec =
        ProcessSpec.of(
            command.arguments(),
            files,
            command.environment(workerEnvironment),
            folder.prompt())
            .withWallTimeout(Duration.ofMillis(request.timeoutMs()));
    return switch (control.ask()) {
      case DETACH -> new Outcome.LetGo();
      case CANCEL -> new Outcome.NotStarted(AttemptFailure.Kind.CANCELLED, CANCELLED);
      case GO_ON -> start(spec);
    };
  }

  private Outcome start(ProcessSpec spec) throws IOException, InterruptedException {
    try {
      SupervisedProcess process = supervisor.start(folder.journal(), spec);
      Step.SUPERVISOR_STARTED.reached();
      return new Outcome.Started(process);
    } catch (NoSuchFileException gone) {
      return new Outcome.Vanished(gone);
    } catch (CommandUnavailableException unavailable) {
      return new Outcome.NotStarted(
          AttemptFailure.Kind.UNAVAILABLE,
          "familiar "
              + request.familiar()
              + " cannot start: "
              + inRepository(unavailable, spec.workingDirectory()));
    }
  }

  private CarriedFiles carry(AttemptWorkspace.Ready ready, Continuation continuation) {
    int before = request.attempt() - 1;
    return continuation.files()
        ? CarriedFiles.into(
            ready.workspace(),
            repository,
            new TaskTrailers(
                request.run().runId(),
                request.run().execution(),
                request.task(),
                before,
                request.familiar()),
            new RunRefs(request.run().name()).attempt(request.task(), before))
        : CarriedFiles.NONE;
  }

  /** A session is continued only over the files that it knows. */
  private Beginning beginning(Continuation continuation, CarriedFiles carried)
      throws IOException {
    String session = continuation.sessionId();
    if (session == null || carried == CarriedFiles.MISFIT) {
      Files.deleteIfExists(folder.resumed());
      return new Beginning.Fresh();
    }
    WholeFile.write(folder.resumed(), session);
    return new Beginning.Resume(session);
  }

  private Optional<String> promptFile(TaskSpec task) {
    return Optional.ofNullable(task.promptFile())
        .flatMap(path -> repository.objects().readFile(new CommitId(request.base()), path))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** Names files as the repository has them: the workspace is gone when the message is read. */
  private static String inRepository(CommandUnavailableException failure, Path files) {
    String message = String.valueOf(failure.getMessage());
    String missing = "there is no file " + files + "/";
    String hint = message.startsWith(missing) ? " in the workspace; is it committed?" : "";
    return message.replace(files + "/", "") + hint;
  }
}
