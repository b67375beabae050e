package io.archmage.prepare;

import io.archmage.config.Configuration;
import io.archmage.config.NotifySettings;
import io.archmage.contract.PersonActivities;
import io.archmage.contract.PrepareRequest;
import io.archmage.contract.PreparedGroup;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedRollback;
import io.archmage.contract.PreparedTask;
import io.archmage.contract.RunOptions;
import io.archmage.fault.Step;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.GitResult;
import io.archmage.git.NativeGit;
import io.archmage.git.RunRefs;
import io.archmage.history.RunTimes;
import io.archmage.plan.ConflictPolicy;
import io.archmage.plan.MergeSettings;
import io.archmage.plan.Plan;
import io.archmage.plan.PlanProblem;
import io.archmage.plan.ProblemText;
import io.archmage.project.Project;
import io.archmage.share.RunShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads, proves and stores a plan, and claims its run's name; each step may be repeated. */
final class PlanPreparation {

  private final Project project;
  private final PrepareRequest request;
  private final RunShare share;

  PlanPreparation(Project project, PrepareRequest request) {
    this(project, request, new RunShare.Nothing(project.repository()));
  }

  PlanPreparation(Project project, PrepareRequest request, RunShare share) {
    this.project = project;
    this.request = request;
    this.share = share;
  }

  /**
   * Prepares the run.
   *
   * @param document the plan's bytes, or null if there is no argument
   * @throws io.temporal.failure.ApplicationFailure if the plan cannot run
   */
  PreparedPlan prepare(byte @Nullable [] document) {
    if (document == null) {
      throw Refusals.invalid(
          "The workflow was started without a plan. Give it as argument 1: a JSON object, a JSON"
              + " string with YAML in it, or a file with --input-meta encoding=binary/plain.");
    }
    GitRepository repository = project.repository();
    repository.requireRoomForRuns();
    repository.requireAllObjects();
    Assignment assignment =
        Assignment.of(project, document, request.options(), request);
    RunOptions options = assignment.options();
    Configuration configuration = assignment.terms().configuration();
    Optional<String> target = assignment.terms().target();
    CommitId base = assignment.terms().base();
    PlanCheck.Ready ready =
        switch (assignment.check(project, request.pattern())) {
          case PlanCheck.Ready checked -> checked;
          case PlanCheck.Refused refused -> throw Refusals.of(refused);
        };
    RunClaims.Held held =
        new RunClaims(repository, share)
            .claim(
                new RunClaims.Claim(
                    request.runId(),
                    request.execution(),
                    base.hex(),
                    target.orElse(null),
                    options,
                    assignment.recovers()));
    assignment.handOn(repository, held.run());
    PreparedTasks prepared = new PreparedTasks(
        ready.graph(), configuration, RunTimes.of(project).estimates());
    List<PreparedTask> tasks = prepared.tasks();
    RunRefs refs = new RunRefs(held.run().name());
    MergeSettings merge =
        Objects.requireNonNullElse(ready.graph().plan().merge(), MergeSettings.NONE)
            .over(configuration.merge());
    CommitId stored =
        new StoredPlan(repository).store(refs, ready.graph().plan(), tasks, merge.smart());
    share.keep(refs);
    share.heads(refs).refresh(refs.branch(), Optional.of(new CommitId(held.claim().base())));
    Step.PLAN_STORED.reached();
    List<PreparedGroup> groups =
        new GroupClaims(repository)
            .claim(
                held.run(),
                ready.graph().plan().groups(),
                new CommitId(held.claim().base()),
                assignment.recovers());
    Step.GROUPS_CLAIMED.reached();
    return new PreparedPlan(
        held.run(),
        ready.graph().plan().execution(),
        ready.graph().plan().name(),
        held.claim().base(),
        held.claim().target(),
        refs.branchName(),
        stored.hex(),
        tasks.size(),
        StoredPlan.piece(tasks, 0),
        prepared.familiars(),
        configuration.attemptsInFlight(),
        ready.graph().plan().barrier(),
        configuration.retry().maxRetries(),
        configuration.retry().delay().toMillis(),
        configuration.retry().coefficient(),
        Objects.requireNonNullElse(options.mergeStrategy(), publishing(merge)),
        Objects.requireNonNullElse(options.publish(), "on_success"),
        notes(assignment, ready.warnings()),
        conflicts(ready.graph().plan(), configuration, merge),
        configuration.person().rule().escalate(),
        ways(configuration.person().notices()),
        prepared.limits(),
        PreparedRollback.of(configuration.rollback().rule()),
        groups);
  }

  /**
   * What the plan says of conflicts goes before what is said of merging, and that before what the
   * configuration says of failures.
   */
  private static String conflicts(
      Plan plan, Configuration configuration, MergeSettings merge) {
    ConflictPolicy otherwise =
        Objects.requireNonNullElse(
            merge.manual(), configuration.person().rule().conflicts());
    return Objects.requireNonNullElse(plan.conflicts(), otherwise).key();
  }

  private static List<String> ways(NotifySettings settings) {
    List<String> ways = new ArrayList<>();
    if (!settings.command().isEmpty()) {
      ways.add(PersonActivities.COMMAND);
    }
    if (settings.webhook() != null) {
      ways.add(PersonActivities.WEBHOOK);
    }
    return ways;
  }

  private static String publishing(MergeSettings merge) {
    return merge.git() == MergeSettings.GitMerge.SQUASH ? "squash" : "regular";
  }

  private List<String> notes(Assignment assignment, List<PlanProblem> warnings) {
    List<String> notes = new ArrayList<>(assignment.notes());
    warnings.forEach(warning -> notes.add(ProblemText.line(warning)));
    if (assignment.recovers() == null && !project.repository().isBare() && isDirty()) {
      notes.add(
          "The checkout has uncommitted changes; they are not part of the run, which starts from"
              + " the last commit.");
    }
    return notes;
  }

  private boolean isDirty() {
    GitResult status =
        NativeGit.in(project.path())
            .run("status", "--porcelain", "--untracked-files=normal", "--ignore-submodules=all");
    return status.succeeded() && !status.text().isBlank();
  }
}
