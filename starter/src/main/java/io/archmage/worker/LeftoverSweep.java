package io.archmage.worker;

import io.archmage.contract.RunKey;
import io.archmage.familiar.AbandonedAttempt;
import io.archmage.git.GitException;
import io.archmage.host.RunClosing;
import io.archmage.prepare.RunRecord;
import io.archmage.prepare.RunRecords;
import io.archmage.process.Supervisor;
import io.archmage.project.Project;
import io.archmage.workspace.WorkspacePool;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what runs left on this machine that ended without telling it: terminated ones, or ones
 * whose worker died while they were being closed. What their attempts left is kept in git first.
 */
final class LeftoverSweep {

  private static final Logger LOG = LoggerFactory.getLogger(LeftoverSweep.class);

  private final Project project;
  private final Supervisor supervisor;
  private final WorkflowClient client;

  LeftoverSweep(Project project, Supervisor supervisor, WorkflowClient client) {
    this.project = project;
    this.supervisor = supervisor;
    this.client = client;
  }

  /** Looks at every run folder once; one that cannot be looked at is left for the next time. */
  void run() throws InterruptedException {
    try {
      for (Path folder : project.folders().runs()) {
        sweep(folder);
      }
      WorkspacePool pool = WorkspacePool.of(project);
      pool.trim();
      pool.expire(Instant.now());
    } catch (IOException e) {
      LOG.warn("cannot look for leftovers in {}: {}", project.folders().root(), e.toString());
    }
  }

  private void sweep(Path folder) throws InterruptedException {
    try {
      Optional<RunKey> owner = project.folders().owner(folder);
      if (owner.isPresent() && hasEnded(owner.get())) {
        RunClosing.remove(project, supervisor, folder);
        LOG.info("removed what run {} left in {}", owner.get().runId(), folder);
      } else if (project.configuration().share() != null) {
        for (Path attempt : project.folders().attempts(folder)) {
          AbandonedAttempt.endIfTakenOver(project, supervisor, attempt);
        }
      }
    } catch (IOException | GitException e) {
      LOG.warn("cannot clean up {}: {}", folder, e.toString());
    }
  }

  /** A server that lost its runs knows none of them; then what the repository has is the proof. */
  private boolean hasEnded(RunKey run) {
    return switch (new ServerRuns(client).find(run).state()) {
      case ENDED -> true;
      case UNKNOWN ->
        new RunRecords(project.repository())
            .ofExecution(run.execution())
            .filter(RunRecord::hasEnded)
            .isPresent();
      case OPEN, NOT_ASKED -> false;
    };
  }
}
