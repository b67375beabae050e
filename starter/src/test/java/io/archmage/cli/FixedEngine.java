package io.archmage.cli;

import io.archmage.contract.Published;
import io.archmage.contract.RunOptions;
import io.archmage.gc.GcItem;
import io.archmage.gc.GcRequest;
import io.archmage.gc.RunEnds;
import io.archmage.plan.PlanProblem;
import io.archmage.prepare.GroupWorktrees;
import io.archmage.prepare.RunRecord;
import io.archmage.report.Metric;
import io.archmage.report.RunReport;
import io.archmage.server.TemporalConnection;
import io.archmage.settings.StateDirectory;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An engine that finds the given problems in every plan and can do nothing else. */
record FixedEngine(List<PlanProblem> problems, List<String> warnings, String queueName)
    implements
      Engine {

  static final FixedEngine CONTENT = new FixedEngine(List.of(), List.of());

  FixedEngine(List<PlanProblem> problems, List<String> warnings) {
    this(problems, warnings, "archmage-0123456789ab");
  }

  FixedEngine onQueue(String name) {
    return new FixedEngine(problems, warnings, name);
  }

  @Override
  public OpenedProject openProject(
      StateDirectory state, Path directory, @Nullable Path configuration) {
    return new OpenedProject() {
      @Override
      public boolean isShared() {
        return false;
      }

      @Override
      public Path repository() {
        return directory;
      }

      @Override
      public String repositoryId() {
        return "0123456789ab";
      }

      @Override
      public String configHash() {
        return "00";
      }

      @Override
      public String queue() {
        return queueName;
      }

      @Override
      public boolean trusted() {
        return true;
      }

      @Override
      public Published publish(RunReport report, String execution, @Nullable String target) {
        throw new IllegalStateException("there is no repository");
      }

      @Override
      public List<Metric> metrics() {
        return List.of(Metric.values());
      }

      @Override
      public String store(byte[] document) {
        throw new IllegalStateException("there is no repository");
      }

      @Override
      public void approve() {
        throw new IllegalStateException("approved already");
      }

      @Override
      public GroupWorktrees.Reconciled reconcileWorktrees(boolean change) {
        return new GroupWorktrees.Reconciled(List.of(), List.of(), List.of());
      }

      @Override
      public List<GcItem> collectGarbage(GcRequest request, RunEnds.RunFates fates) {
        throw new IllegalStateException("there is no repository");
      }

      @Override
      public List<LostCandidate> lost() {
        throw new IllegalStateException("there is no repository");
      }

      @Override
      public void giveUp(RunRecord lost) {
        throw new IllegalStateException("there is no repository");
      }

      @Override
      public Outlook outlook(PlanDocument document, RunOptions options) {
        return new Outlook(problems, null, null);
      }

      @Override
      public Verdict check(PlanDocument document, RunOptions options) {
        return new Verdict(problems, warnings);
      }
    };
  }

  @Override
  public void runWorker(WorkerRequest request) {
    throw new IllegalStateException("no worker here");
  }

  @Override
  public QueryWorker answerQueries(TemporalConnection server, String queue) {
    throw new IllegalStateException("no worker here");
  }
}
