package io.archmage.prepare;

import io.archmage.config.Configuration;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.graph.PlanSurroundings;
import io.archmage.graph.Validation;
import io.archmage.plan.Execution;
import io.archmage.plan.Plan;
import io.archmage.plan.PlanProblem;
import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.document.DocumentReader;
import io.archmage.plan.document.DocumentReading;
import io.archmage.plan.document.DocumentSyntax;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.ProblemCollector;
import io.archmage.plan.reader.PlanReading;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks documents as plans of one repository; the same check for the client and the worker. */
public final class PlanChecker {

  /**
   * The most tasks of one run: beyond it the history of a single workflow execution could outgrow
   * the server's limit of 51,200 events.
   */
  public static final int MAX_TASKS = 3_000;

  private final Configuration configuration;
  private final GitRepository repository;

  /** A checker for a repository and the configuration of its runs. */
  public PlanChecker(Configuration configuration, GitRepository repository) {
    this.configuration = configuration;
    this.repository = repository;
  }

  /**
   * Checks everything at once.
   *
   * @param document UTF-8, JSON or YAML
   * @param file its name, for syntax and messages, or null
   * @param pattern the execution that the workflow type stands for, or null for any
   * @param base the commit that the run starts from
   */
  public PlanCheck check(
      byte[] document, @Nullable String file, @Nullable String pattern, CommitId base) {
    DocumentSyntax syntax =
        file == null ? DocumentSyntax.UNKNOWN : DocumentSyntax.ofFileName(file);
    return switch (DocumentReader.read(document, syntax)) {
      case DocumentReading.Unreadable unreadable -> refused(unreadable.problems(), null, file);
      case DocumentReading.Parsed parsed -> read(parsed.root(), file, pattern, base);
    };
  }

  /**
   * Checks a plan that was read before.
   *
   * @param pattern the execution that the workflow type stands for, or null for any
   * @param base the commit that the run starts from
   */
  public PlanCheck check(Plan plan, @Nullable String pattern, CommitId base) {
    PlanSurroundings surroundings = new BaseCommitSurroundings(configuration, repository, base);
    return check(new PlanReading.Read(plan), surroundings, null, pattern);
  }

  private PlanCheck read(
      Mapping root, @Nullable String file, @Nullable String pattern, CommitId base) {
    PlanSurroundings surroundings = new BaseCommitSurroundings(configuration, repository, base);
    return check(
        io.archmage.graph.PlanCheck.read(root, surroundings), surroundings, file, pattern);
  }

  private PlanCheck check(
      PlanReading reading,
      PlanSurroundings surroundings,
      @Nullable String file,
      @Nullable String pattern) {
    List<PlanProblem> problems = new ArrayList<>();
    if (reading instanceof PlanReading.Read read) {
      problems.addAll(ofARun(read.plan(), pattern));
      if (configuration.share() != null && !read.plan().groups().isEmpty()) {
        problems.add(groupsOfSeveralMachines());
      }
    }
    return switch (io.archmage.graph.PlanCheck.check(reading, surroundings)) {
      case Validation.Refused refused -> {
        problems.addAll(refused.problems());
        yield refused(problems, refused.cycles().isEmpty() ? null : planOf(reading), file);
      }
      case Validation.Runnable runnable ->
        problems.isEmpty()
            ? new PlanCheck.Ready(runnable.graph(), inFile(runnable.warnings(), file))
            : refused(problems, null, file);
    };
  }

  /** What keeps a plan that may be right from being run in one run of this kind. */
  private static List<PlanProblem> ofARun(Plan plan, @Nullable String pattern) {
    List<PlanProblem> problems = new ArrayList<>();
    if (pattern != null && !pattern.equals(plan.execution().key())) {
      problems.add(wrongType(plan.execution(), pattern));
    }
    if (plan.tasks().size() > MAX_TASKS) {
      problems.add(tooManyTasks(plan.tasks().size()));
    }
    return problems;
  }

  private static PlanProblem wrongType(Execution execution, String pattern) {
    return PlanProblem.at(
        new Position(1, 1),
        ProblemCode.INVALID_VALUE,
        null,
        "the plan is of execution \"" + execution.key() + "\", the workflow type runs " + pattern,
        "Start it with the workflow type Plan, which runs every form.");
  }

  private static PlanProblem groupsOfSeveralMachines() {
    return PlanProblem.at(
        new Position(1, 1),
        ProblemCode.UNSUPPORTED,
        null,
        "the plan has groups, whose branches are on one machine, but \"share\" in the configuration"
            + " gives its tasks to several",
        "Leave the groups out, or run it with a configuration without \"share\".");
  }

  private static PlanProblem tooManyTasks(int tasks) {
    return PlanProblem.at(
        new Position(1, 1),
        ProblemCode.TOO_MANY_TASKS,
        null,
        "the plan has " + tasks + " tasks, at most " + MAX_TASKS + " run in one run",
        "Split it into several plans.");
  }

  private static @Nullable Plan planOf(PlanReading reading) {
    return switch (reading) {
      case PlanReading.Read read -> read.plan();
      case PlanReading.Problems problems -> problems.partial().orElse(null);
    };
  }

  private static PlanCheck refused(
      List<PlanProblem> problems, @Nullable Plan cyclic, @Nullable String file) {
    ProblemCollector ordered = new ProblemCollector();
    ordered.addAll(problems);
    return new PlanCheck.Refused(inFile(ordered.list(), file), cyclic);
  }

  private static List<PlanProblem> inFile(List<PlanProblem> problems, @Nullable String file) {
    return problems.stream().map(problem -> problem.inFile(file)).toList();
  }
}
