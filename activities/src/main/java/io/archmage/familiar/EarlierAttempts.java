package io.archmage.familiar;

import io.archmage.contract.InvokeRequest;
import io.archmage.process.Supervisor;
import io.archmage.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/** The attempts at a task before one of them, as this machine knows them. */
final class EarlierAttempts {

  private final Project project;
  private final Supervisor supervisor;
  private final InvokeRequest request;
  private final Map<String, String> workerEnvironment;

  /** Those before that request's. */
  EarlierAttempts(
      Project project,
      Supervisor supervisor,
      InvokeRequest request,
      Map<String, String> workerEnvironment) {
    this.project = project;
    this.supervisor = supervisor;
    this.request = request;
    this.workerEnvironment = workerEnvironment;
  }

  /** One that the engine gave up may still run, and what it left lies where ours is to work. */
  void end() throws IOException, InterruptedException {
    for (int attempt = 1; attempt < request.attempt(); attempt++) {
      AttemptFolder earlier = folder(attempt);
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

  /**
   * What the one just before leaves to go on with.
   *
   * @param canResume whether sessions of the familiar can be continued
   */
  Continuation left(boolean canResume) throws IOException {
    AttemptFolder last = folder(request.attempt() - 1);
    return AttemptEndFile.read(last.end())
        .filter(AttemptEnd.Failed.class::isInstance)
        .map(AttemptEnd.Failed.class::cast)
        .map(
            end -> Continuation.after(end.failure(), Files.exists(last.resumed()), canResume))
        .orElse(Continuation.NONE);
  }

  private AttemptFolder folder(int attempt) {
    return new AttemptFolder(project.folders().attempt(request.run(), request.task(), attempt));
  }
}
