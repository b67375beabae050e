package io.archmage.familiar;

import io.archmage.config.FamiliarSettings;
import io.archmage.contract.AttemptFailure;
import io.archmage.contract.InvokeRequest;
import io.archmage.plan.FamiliarName;
import io.archmage.project.Project;
import io.archmage.workspace.Lease;
import io.archmage.workspace.WorkspacePool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What becomes of the workspace of an attempt that has ended; what was in it is in git. */
final class LeftWorkspace {

  private final Project project;
  private final InvokeRequest request;
  private final WorkspacePool pool;
  private final Lease.Holder holder;

  LeftWorkspace(Project project, InvokeRequest request) {
    this.project = project;
    this.request = request;
    this.pool = WorkspacePool.of(project);
    this.holder = AttemptWorkspace.holder(request);
  }

  /** Puts it aside, holds it for the next attempt, or gives it back; no error if that was done. */
  void settle(AttemptEnd end) throws IOException {
    boolean held = isHeldFor(end);
    Optional<Path> place = placeToKeep(end);
    Optional<Lease> lease = pool.leased(holder);
    if (lease.isPresent() && place.isPresent() && Files.exists(lease.get().root())) {
      pool.keep(lease.get(), place.get(), held);
    }
    // A workspace that was put aside alone is no lease any more.
    lease = pool.leased(holder);
    if (lease.isPresent() && held) {
      pool.hold(lease.get());
    } else if (lease.isPresent()) {
      pool.release(lease.get());
    }
  }

  /** Adds where people find it to the message of a failure. */
  AttemptEnd saysWhereItIs(AttemptEnd end) {
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

  /** A session is continued in the directory that it knows. */
  private boolean isHeldFor(AttemptEnd end) {
    FamiliarSettings settings =
        project.configuration().settings(new FamiliarName(request.familiar()));
    return end instanceof AttemptEnd.Failed failed
        && Continuation.after(failed.failure(), false, !settings.resume().isEmpty())
            .sessionId() != null;
  }

  /** Where it is put aside for people after a failure, empty if the configuration wants none. */
  private Optional<Path> placeToKeep(AttemptEnd end) {
    if (!project.configuration().workspace().keepFailed()
        || !(end instanceof AttemptEnd.Failed failed)
        || failed.failure().startedAt() == null
        || failed.failure().kind() == AttemptFailure.Kind.CANCELLED) {
      return Optional.empty();
    }
    Path runFolder = project.folders().run(request.run());
    Path taskFolder = project.folders().task(request.run(), request.task());
    return Optional.of(
        pool.keptPlace(
            runFolder.getFileName() + "-" + taskFolder.getFileName() + "-" + request.attempt()));
  }
}
