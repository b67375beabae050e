package io.archmage.familiar;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptFailure.Kind;
import io.archmage.contract.AttemptResult;
import io.archmage.contract.InvokeRequest;
import io.archmage.fault.Step;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.Identity;
import io.archmage.git.RunRefs;
import io.archmage.git.TaskTrailers;
import io.archmage.plan.TaskSpec;
import io.archmage.process.Aside;
import io.archmage.process.OutputTail;
import io.archmage.process.ProcessExit;
import io.archmage.workspace.ChangedFile;
import io.archmage.workspace.LargeFile;
import io.archmage.workspace.Omitted;
import io.archmage.workspace.Snapshot;
import io.archmage.workspace.SnapshotRequest;
import io.archmage.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what an ended process left: files, output, its own report; then says what it came to.
 */
final class AttemptHarvest {

  /** A familiar that asks for another try without a time gets one after this. */
  private static final Duration TRY_LATER = Duration.ofMinutes(1);

  private final GitRepository repository;
  private final InvokeRequest request;
  private final TaskSpec task;
  private final AttemptFolder folder;
  private final Path out;
  private final Path err;
  private final RunRefs refs;

  AttemptHarvest(
      GitRepository repository, InvokeRequest request, TaskSpec task, AttemptFolder folder) {
    this.repository = repository;
    this.request = request;
    this.task = task;
    this.folder = folder;
    this.out = folder.journal().resolve("out");
    this.err = folder.journal().resolve("err");
    this.refs = new RunRefs(request.run().name());
  }

  /** Keeps everything, then tells how the attempt ended. */
  AttemptEnd take(Workspace workspace, ProcessExit exit, AttemptFollower.Stopped stopped)
      throws IOException {
    Optional<ReportedResult> reported = ReportedResult.read(folder.result(), exit.endedAt());
    Path output = outputFile(reported.map(ReportedResult::output).orElse(null));
    String logRef = refs.log(request.task(), request.attempt());
    boolean good = exit.isSuccess() && reported.isPresent();
    Snapshot snapshot;
    try (Aside<String> log =
        Aside.start(
            () -> AttemptLog.store(repository, logRef, folder, out, err, output, good))) {
      snapshot = workspace.snapshot(snapshotRequest(exit.endedAt()));
      workspace.rest(snapshot);
      log.join();
      Step.LOG_KEPT.reached();
    }
    if (!good) {
      return failed(snapshot, exit, stopped, reported, logRef);
    }
    AttemptEnd.Succeeded end =
        succeeded(snapshot, exit, reported.orElseThrow(), output, logRef);
    if (end.result().commit() == null) {
      noteUnchanged(logRef);
    }
    return end;
  }

  /** Keeps what it said; its files are gone, and so is what it was to make. */
  AttemptEnd takeWithoutFiles(ProcessExit exit) throws IOException {
    String logRef = refs.log(request.task(), request.attempt());
    AttemptLog.store(repository, logRef, folder, out, err, outputFile(null), false);
    return new AttemptEnd.Failed(
        new AttemptFailure(
            Kind.INVALID_RESULT,
            exit.code() == ProcessExit.UNKNOWN_CODE ? null : (Integer) exit.code(),
            request.familiar() + " removed the workspace it was to leave its work in",
            null,
            OutputTail.tail(err, AttemptResult.MAX_OUTPUT).text().strip(),
            logRef,
            exit.startedAt(),
            exit.endedAt(),
            1,
            null,
            ReportedResult.NONE.usage()));
  }

  /** Nothing on the run's branch will tell that it succeeded, so a ref of its own does. */
  private void noteUnchanged(String logRef) {
    repository.refs()
        .read(logRef)
        .ifPresent(
            log -> repository.refs()
                .create(refs.unchanged(request.task(), request.attempt()), log));
  }

  /** What is kept now that it still runs, under the same ref. */
  void takeSoFar(Workspace workspace) {
    workspace.snapshotSoFar(snapshotRequest(Instant.now()));
  }

  private SnapshotRequest snapshotRequest(Instant when) {
    return new SnapshotRequest(
        task.title(),
        new TaskTrailers(
            request.run().runId(),
            request.run().execution(),
            request.task(),
            request.attempt(),
            request.familiar()),
        repository.userIdentity().orElse(Identity.ARCHMAGE),
        when,
        refs.attempt(request.task(), request.attempt()),
        task.outputs());
  }

  private Path outputFile(@Nullable String reported) throws IOException {
    if (reported != null) {
      Files.writeString(folder.output(), reported);
      return folder.output();
    }
    return Files.isRegularFile(folder.output()) && Files.size(folder.output()) > 0
        ? folder.output()
        : out;
  }

  private AttemptEnd.Succeeded succeeded(
      Snapshot snapshot, ProcessExit exit, ReportedResult reported, Path output, String logRef)
      throws IOException {
    List<String> notes = notes(snapshot);
    Optional<CommitId> commit = snapshot.integrable();
    if (!request.readOnly() && commit.isPresent()) {
      new OutsideOutputs(repository, new CommitId(request.base()))
          .note(task.outputs(), snapshot.changedFiles().stream().map(ChangedFile::path).toList())
          .ifPresent(notes::add);
    }
    if (request.readOnly() && commit.isPresent()) {
      notes.add("read-only: changes to " + snapshot.changedFiles().size() + " files discarded");
      commit = Optional.empty();
    }
    if (reported.hasTasks()) {
      notes.add("it asked for more tasks, which its configuration does not allow");
    }
    return new AttemptEnd.Succeeded(
        new AttemptResult(
            commit.map(CommitId::hex).orElse(null),
            attemptRef(snapshot),
            commit.isPresent() ? paths(snapshot) : List.of(),
            notes,
            OutputTail.head(output, AttemptResult.MAX_OUTPUT).text(),
            logRef,
            exit.startedAt(),
            exit.endedAt(),
            1,
            reported.usage(),
            session(reported)));
  }

  /** The one it names, else the one that it was to continue. */
  private @Nullable String session(ReportedResult reported) throws IOException {
    if (reported.sessionId() != null) {
      return reported.sessionId();
    }
    return Files.exists(folder.resumed()) ? Files.readString(folder.resumed()) : null;
  }

  private AttemptEnd failed(
      Snapshot snapshot,
      ProcessExit exit,
      AttemptFollower.Stopped stopped,
      Optional<ReportedResult> reported,
      String logRef)
      throws IOException {
    Kind kind = FailureWords.kind(exit, stopped);
    Instant retryAt =
        kind == Kind.TRY_LATER
            ? reported
                .map(ReportedResult::retryAfter)
                .orElse(exit.endedAt().plus(TRY_LATER))
            : null;
    String said = OutputTail.tail(err, AttemptResult.MAX_OUTPUT).text().strip();
    String output =
        said.isEmpty() ? OutputTail.tail(out, AttemptResult.MAX_OUTPUT).text().strip() : said;
    return new AttemptEnd.Failed(
        new AttemptFailure(
            kind,
            exit.code() == ProcessExit.UNKNOWN_CODE ? null : (Integer) exit.code(),
            new FailureWords(request).message(kind, exit, output),
            attemptRef(snapshot),
            output,
            logRef,
            exit.startedAt(),
            exit.endedAt(),
            1,
            retryAt,
            reported.orElse(ReportedResult.NONE).usage(),
            session(reported.orElse(ReportedResult.NONE))));
  }

  private @Nullable String attemptRef(Snapshot snapshot) {
    return snapshot.full().isPresent()
        ? refs.attempt(request.task(), request.attempt())
        : null;
  }

  private static List<String> paths(Snapshot snapshot) {
    return snapshot.changedFiles()
        .stream()
        .map(ChangedFile::path)
        .limit(AttemptResult.MAX_FILES)
        .toList();
  }

  private static List<String> notes(Snapshot snapshot) {
    List<String> notes = new ArrayList<>();
    for (Omitted omitted : snapshot.omitted()) {
      notes.add(
          "left out: %s (%s, %d files)"
              .formatted(
                  omitted.path(),
                  omitted.reason().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                  omitted.files()));
    }
    for (LargeFile large : snapshot.large()) {
      notes.add("large: %s (%d bytes)".formatted(large.path(), large.bytes()));
    }
    snapshot
        .embeddedRepositories()
        .forEach(path -> notes.add("a repository of its own was taken as plain files: " + path));
    return notes;
  }
}
