package io.archmage.cli;

import io.archmage.contract.PublishRequest;
import io.archmage.contract.Published;
import io.archmage.contract.RunKey;
import io.archmage.contract.RunOptions;
import io.archmage.durable.WorkflowNames;
import io.archmage.gc.GarbageCollection;
import io.archmage.gc.GcItem;
import io.archmage.gc.GcRequest;
import io.archmage.gc.RunEnds;
import io.archmage.git.GitException;
import io.archmage.history.RunTimes;
import io.archmage.host.Merging;
import io.archmage.plan.ProblemText;
import io.archmage.prepare.Assignment;
import io.archmage.prepare.DryRun;
import io.archmage.prepare.GroupWorktrees;
import io.archmage.prepare.LostRun;
import io.archmage.prepare.PlanCheck;
import io.archmage.prepare.RunRecord;
import io.archmage.prepare.RunRecords;
import io.archmage.prepare.RunTerms;
import io.archmage.preview.DependencyTree;
import io.archmage.project.Project;
import io.archmage.report.Metric;
import io.archmage.report.RunReport;
import io.archmage.server.TemporalConnection;
import io.archmage.settings.StateDirectory;
import io.archmage.worker.LoadedProject;
import io.archmage.worker.ProjectLoader;
import io.archmage.worker.TrustStore;
import io.archmage.worker.WorkerProcess;
import io.archmage.worker.WorkerSettings;
import io.archmage.worker.WorkflowOnlyWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The engine's parts, in this process. */
final class LocalEngine implements Engine {

  @Override
  public OpenedProject openProject(
      StateDirectory state, Path directory, @Nullable Path configuration) {
    return new LocalProject(state, new ProjectLoader(state).load(directory, configuration));
  }

  @Override
  public void runWorker(WorkerRequest request) throws InterruptedException {
    List<Project> projects =
        request.projects().stream().map(project -> ((LocalProject) project).served()).toList();
    WorkerSettings settings =
        new WorkerSettings(
            projects,
            request.queue(),
            request.host(),
            request.untilIdle(),
            request.onStop());
    WorkerProcess worker = new WorkerProcess(request.server().client(), settings);
    StopSignals.handle(worker::requestStop);
    worker.run();
  }

  @Override
  public QueryWorker answerQueries(TemporalConnection server, String queue) {
    WorkflowOnlyWorker worker = WorkflowOnlyWorker.start(server.client(), queue);
    return worker::close;
  }

  private record LocalProject(StateDirectory state, LoadedProject loaded) implements OpenedProject {

    Project served() {
      return loaded.project();
    }

    @Override
    public Path repository() {
      return served().path();
    }

    @Override
    public String repositoryId() {
      return served().id();
    }

    @Override
    public String configHash() {
      return served().configHash();
    }

    @Override
    public String queue() {
      return WorkflowNames.repositoryQueue(WorkflowNames.TASK_QUEUE, repositoryId());
    }

    @Override
    public boolean isShared() {
      return served().configuration().share() != null;
    }

    @Override
    public boolean trusted() {
      return new TrustStore(state).trusts(loaded);
    }

    @Override
    public void approve() {
      new TrustStore(state).approve(loaded);
    }

    @Override
    public Published publish(RunReport report, String execution, @Nullable String target) {
      Published before = report.published();
      return Merging.publish(
          served(),
          new PublishRequest(
              new RunKey(report.runId(), execution, RunFiles.nameOf(report)),
              repository().toString(),
              target != null || before == null ? target : before.branch(),
              report.headCommit(),
              "regular",
              report.runId()));
    }

    @Override
    public List<Metric> metrics() {
      return served().configuration().metrics();
    }

    @Override
    public String store(byte[] document) {
      return served().repository().objects().writeBlob(document).hex();
    }

    @Override
    public GroupWorktrees.Reconciled reconcileWorktrees(boolean change) {
      return new GroupWorktrees(served().repository()).reconcile(change);
    }

    @Override
    public List<GcItem> collectGarbage(GcRequest request, RunEnds.RunFates fates)
        throws IOException, InterruptedException {
      return new GarbageCollection(served(), state, fates).collect(request);
    }

    @Override
    public List<LostCandidate> lost() {
      return new RunRecords(served().repository()).all()
          .stream()
          .filter(record -> record.claim() != null && !record.hasEnded())
          .map(this::candidate)
          .toList();
    }

    @Override
    public void giveUp(RunRecord lost) {
      new RunRecords(served().repository()).giveUp(lost);
    }

    private LostCandidate candidate(RunRecord record) {
      try {
        return new LostCandidate(record, LostRun.read(served().repository(), record), null);
      } catch (GitException unreadable) {
        return new LostCandidate(record, null, unreadable.getMessage());
      }
    }

    @Override
    public Outlook outlook(PlanDocument document, RunOptions options) {
      Assignment assignment = assignment(document, options);
      RunTerms terms = assignment.terms();
      return switch (assignment.check(served(), null)) {
        case PlanCheck.Refused refused ->
          new Outlook(
              refused.problems(),
              null,
              refused.cyclic() == null ? null : DependencyTree.of(refused.cyclic()));
        case PlanCheck.Ready ready ->
          new Outlook(List.of(), DryRun.of(
              ready, terms.configuration(), RunTimes.of(served()).estimates()), null);
      };
    }

    private Assignment assignment(PlanDocument document, RunOptions options) {
      return Assignment.of(served(), document.bytes(), options.named(document.fileName()), null);
    }

    @Override
    public Verdict check(PlanDocument document, RunOptions options) {
      return switch (assignment(document, options).check(served(), null)) {
        case PlanCheck.Refused refused -> new Verdict(refused.problems(), List.of());
        case PlanCheck.Ready ready ->
          new Verdict(
              List.of(),
              ready.warnings().stream().map(ProblemText::line).toList());
      };
    }
  }
}
