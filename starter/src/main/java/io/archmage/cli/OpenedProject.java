package io.archmage.cli;

import io.archmage.contract.Published;
import io.archmage.contract.RunOptions;
import io.archmage.gc.GcItem;
import io.archmage.gc.GcRequest;
import io.archmage.gc.RunEnds;
import io.archmage.plan.PlanProblem;
import io.archmage.prepare.GroupWorktrees;
import io.archmage.prepare.LostRun;
import io.archmage.prepare.RunRecord;
import io.archmage.preview.DependencyTree;
import io.archmage.preview.PlanView;
import io.archmage.report.Metric;
import io.archmage.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A repository with its configuration, as a client sees it. */
interface OpenedProject {

  /** The repository's top directory, absolute. */
  Path repository();

  /** 12 hex digits that name it. */
  String repositoryId();

  /** Hash of the configuration, hex. */
  String configHash();

  /** The queue of its runs. */
  String queue();

  /** Whether workers on several machines share its runs. */
  boolean isShared();

  /** Whether its commands may run on this machine: approved, or given explicitly. */
  boolean trusted();

  /** Approves its commands, as they are now. */
  void approve();

  /**
   * Brings the head of an ended run to a branch where that is safe.
   *
   * @param report the run's report
   * @param execution the run id of its first execution
   * @param target the branch, or null for the one the run was for
   */
  Published publish(RunReport report, String execution, @Nullable String target);

  /** The figures that its reports for people show, in order. */
  List<Metric> metrics();

  /** Stores a document in the repository and returns the id that a run can name it by. */
  String store(byte[] document);

  /**
   * Removes what ended runs left in the repository and on this machine, or only says what.
   *
   * @param fates what a server knows of runs
   */
  List<GcItem> collectGarbage(GcRequest request, RunEnds.RunFates fates)
      throws IOException, InterruptedException;

  /**
   * Compares the worktrees of groups with what runs know of them.
   *
   * @param change whether entries that stand for nothing are removed, or only named
   */
  GroupWorktrees.Reconciled reconcileWorktrees(boolean change);

  /** Runs of the repository that have no report and were not gone on with, by their names. */
  List<LostCandidate> lost();

  /** Notes that a lost run is not wanted any more; what it left becomes garbage of an ended run. */
  void giveUp(RunRecord lost);

  /**
   * A run that never ended as far as its repository tells.
   *
   * @param record what the repository has of it
   * @param run how far it came, or null if that cannot be told
   * @param because why it cannot be told, or null
   */
  record LostCandidate(RunRecord record, @Nullable LostRun run, @Nullable String because) {}

  /** Reads and proves a plan against the configuration and the checked-out commit. */
  Verdict check(PlanDocument document, RunOptions options);

  /** Reads and proves a plan as {@link #check} does, and says what a run of it would do. */
  Outlook outlook(PlanDocument document, RunOptions options);

  /**
   * What a run of a plan would do.
   *
   * @param problems why it cannot run; empty if it can
   * @param view how it would run, or null if it cannot
   * @param cyclic its dependencies if they have circles, which keeps it from running; else null
   */
  record Outlook(
      List<PlanProblem> problems, @Nullable PlanView view, @Nullable DependencyTree cyclic) {

    /** Copies the list. */
    public Outlook {
      problems = List.copyOf(problems);
    }
  }

  /**
   * What is wrong with a plan.
   *
   * @param problems why it cannot run; empty if it can
   * @param warnings what the user should know, one line each
   */
  record Verdict(List<PlanProblem> problems, List<String> warnings) {

    /** Copies the lists. */
    public Verdict {
      problems = List.copyOf(problems);
      warnings = List.copyOf(warnings);
    }
  }
}
