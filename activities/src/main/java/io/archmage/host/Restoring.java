package io.archmage.host;

import io.archmage.contract.CheckpointRequest;
import io.archmage.contract.RollbackRequest;
import io.archmage.contract.RollbackResult;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.merge.Restorer;
import io.archmage.merge.Rollback;
import io.archmage.merge.RollbackOutcome;
import io.archmage.prepare.StoredPlan;
import io.archmage.project.Project;
import io.archmage.share.RunHeads;
import java.time.Instant;
import java.util.List;

/** Keeps checkpoints, and says in the words of {@code io.archmage.merge} what is to be undone. */
final class Restoring {

  private Restoring() {}

  static void checkpoint(Project project, CheckpointRequest request) {
    project
        .repository()
        .refs()
        .set(
            Merging.refs(request.run()).checkpoint(request.number()),
            new CommitId(request.commit()));
  }

  static RollbackResult rollBack(Project project, RollbackRequest request, RunHeads heads) {
    GitRepository repository = project.repository();
    RunRefs refs = Merging.refs(request.run());
    RollbackOutcome outcome =
        new Restorer(repository, heads)
            .rollBack(
                new Rollback(
                    refs.branchOf(request.group()),
                    request.run().runId(),
                    request.run().execution(),
                    request.number(),
                    request.because(),
                    works(request.merges()),
                    works(request.included()),
                    new CommitId(request.knownHead()),
                    Merging.author(repository),
                    Instant.now(),
                    new StoredPlan(repository).rules(refs)));
    return switch (outcome) {
      case RollbackOutcome.Undone undone ->
        new RollbackResult.Undone(undone.head().hex(), Merging.first(undone.files()));
      case RollbackOutcome.Stopped stopped ->
        new RollbackResult.Stopped(
            stopped.task(), stopped.conflicts().stream().map(Merging::conflict).toList());
    };
  }

  private static List<Rollback.Work> works(List<RollbackRequest.Work> works) {
    return works.stream()
        .map(work -> new Rollback.Work(work.task(), new CommitId(work.commit())))
        .toList();
  }
}
