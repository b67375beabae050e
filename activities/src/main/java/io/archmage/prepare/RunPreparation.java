package io.archmage.prepare;

import io.archmage.contract.PrepareRequest;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedTask;
import io.archmage.contract.RunKey;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.RunRefs;
import io.archmage.project.Project;
import io.archmage.share.RunShare;
import io.temporal.common.converter.RawValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prepares a run from the argument that its workflow was started with. */
public final class RunPreparation {

  private final Project project;
  private final PlanPreparation preparation;

  /** Prepares that run of the project. */
  public RunPreparation(Project project, PrepareRequest request, RunShare share) {
    this.project = project;
    this.preparation = new PlanPreparation(project, request, share);
  }

  /**
   * Reads, proves and stores the plan.
   *
   * @param document the workflow's first argument, or null
   * @throws io.temporal.failure.ApplicationFailure if the plan cannot run
   */
  public PreparedPlan prepare(@Nullable RawValue document) {
    return preparation.prepare(
        DocumentArgument.bytes(document, project.repository()).orElse(null));
  }

  /** A further piece of a stored plan's tasks. */
  public static List<PreparedTask> piece(Project project, RunKey run, int from) {
    String ref = new RunRefs(run.name()).plan();
    CommitId tree =
        project
            .repository()
            .refs()
            .read(ref)
            .orElseThrow(() -> new GitException("the stored plan " + ref + " is gone", null));
    return StoredPlan.piece(new StoredPlan(project.repository()).tasks(tree), from);
  }
}
