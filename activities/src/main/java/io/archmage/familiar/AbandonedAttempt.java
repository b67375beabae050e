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

  private static final AttemptControl CANCELLED =
      new AttemptControl() {
        @Override
        public Wish wish() {
          return Wish.CANCEL;
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
    AttemptFolder attempt = new AttemptFolder(folder);
    Optional<InvokeRequest> request = AttemptRequestFile.read(attempt.request());
    if (request.isPresent() && !Files.exists(attempt.end())) {
      new Attempt(project, supervisor, request.get(), CANCELLED, Map.of()).run();
    }
  }
}
