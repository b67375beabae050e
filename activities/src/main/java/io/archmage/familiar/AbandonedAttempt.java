package io.archmage.familiar;

import io.archmage.contract.InvokeRequest;
import io.archmage.process.Supervisor;
import io.archmage.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Ends an attempt that nobody will ask for again, and keeps what it left. */
public final class AbandonedAttempt {

  /** Whoever ends it wants nothing else. */
  static final AttemptControl CANCELLED =
      new AttemptControl() {
        @Override
        public Wish wish() {
          return Wish.CANCEL;
        }

        @Override
        public Wish ask() {
          return wish();
        }

        @Override
        public void tell(String progress) {
          // Nobody is there to be told.
        }
      };

  private AbandonedAttempt() {}

  /**
   * Stops what still runs of it and takes a snapshot, unless that was done before.
   *
   * @param folder the attempt's folder
   */
  public static void end(Project project, Supervisor supervisor, Path folder)
      throws IOException, InterruptedException {
    Optional<InvokeRequest> request = request(new AttemptFolder(folder));
    if (request.isPresent()) {
      new Attempt(project, supervisor, request.get(), CANCELLED, Map.of()).run();
    }
  }

  /**
   * The same if another machine has taken the task from the attempt and nobody follows it here.
   *
   * @param folder the attempt's folder
   */
  public static void endIfTakenOver(Project project, Supervisor supervisor, Path folder)
      throws IOException, InterruptedException {
    Optional<InvokeRequest> request = request(new AttemptFolder(folder));
    if (request.isPresent()
        && request.get().shared() != null
        && !TaskLock.isHeld(
            project.folders().task(request.get().run(), request.get().task()))
        && new AttemptShare(project, request.get(), CANCELLED).isLost()) {
      new Attempt(project, supervisor, request.get(), CANCELLED, Map.of()).run();
    }
  }

  /** Which attempt is in a folder; empty if there is none, or if it has ended and was kept. */
  static Optional<InvokeRequest> request(AttemptFolder folder) throws IOException {
    return Files.exists(folder.end())
        ? Optional.empty()
        : AttemptRequestFile.read(folder.request());
  }
}
