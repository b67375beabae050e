package io.archmage.config;

import io.archmage.graph.FamiliarStatus;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.MergeSettings;
import io.archmage.report.Metric;
import io.archmage.schedule.RetryRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration.
 *
 * @param familiars every familiar it names
 * @param maxParallel processes of familiars at once in one run, at least 1
 * @param instances instances of the familiars that it limits
 * @param retry when a failed attempt is followed by another
 * @param inferRules whether analysis and review tasks are put after implementation tasks
 * @param fileConflictCheck whether tasks that may write the same file run one after another
 * @param workspace how the directories in which familiars work are made ready, read and kept
 * @param limits what bounds one run beyond that
 * @param failFast whether the first task that fails for good ends the run
 * @param person when a run asks people, and how they are told
 * @param rollback what is recorded and undone
 * @param merge how work is merged where a plan does not say
 * @param metrics the figures that reports for people show, in their own order
 * @param worker what a worker does when it is asked to stop
 * @param share how several machines share its runs, or null if one machine has them to itself
 */
public record Configuration(
    SortedMap<FamiliarName, FamiliarSettings> familiars,
    int maxParallel,
    SortedMap<FamiliarName, Integer> instances,
    RetryRule retry,
    boolean inferRules,
    boolean fileConflictCheck,
    WorkspaceRules workspace,
    Limits limits,
    boolean failFast,
    PersonSettings person,
    RollbackSettings rollback,
    MergeSettings merge,
    List<Metric> metrics,
    WorkerRules worker,
    @Nullable ShareSettings share) {

  /** Attempts in flight at once where nothing is said. */
  public static final int DEFAULT_MAX_PARALLEL = 4;

  /** The most attempts in flight, and the most instances of a familiar, that can be asked for. */
  public static final int MAX_PARALLEL = 10_000;

  /** The most retries that can be asked for. */
  public static final int MAX_RETRIES = 100;

  /** Instances of a familiar where nothing is said. */
  public static final int DEFAULT_INSTANCES = 3;

  /** What holds where there is no configuration. */
  public static final Configuration DEFAULT =
      new Configuration(
          new TreeMap<>(),
          DEFAULT_MAX_PARALLEL,
          new TreeMap<>(),
          RetryRule.DEFAULT,
          true,
          true,
          WorkspaceRules.DEFAULT,
          Limits.NONE,
          false,
          PersonSettings.DEFAULT,
          RollbackSettings.DEFAULT,
          MergeSettings.NONE,
          List.of(Metric.values()),
          WorkerRules.DEFAULT,
          null);

  /** Copies the collections. */
  public Configuration {
    familiars = Collections.unmodifiableSortedMap(new TreeMap<>(familiars));
    instances = Collections.unmodifiableSortedMap(new TreeMap<>(instances));
    metrics = List.copyOf(metrics);
  }

  /** How many idle workspaces are kept for later. */
  public int idleWorkspaces() {
    return workspace.pool() < 0 ? maxParallel : workspace.pool();
  }

  /** How many attempts may be in flight: each is a familiar's process and holds one task. */
  public int attemptsInFlight() {
    return Math.min(maxParallel, limits.maxParallelTasks());
  }

  /** How many tasks of the familiar may run at once. */
  public int instancesOf(FamiliarName name) {
    return instances.getOrDefault(name, DEFAULT_INSTANCES);
  }

  /** How the familiar is started; without a command if the configuration does not say. */
  public FamiliarSettings settings(FamiliarName name) {
    FamiliarSettings known = familiars.get(name);
    if (known != null) {
      return known;
    }
    return instances.containsKey(name) && !FamiliarName.BUILT_IN.contains(name)
        ? FamiliarSettings.byTemplate(name)
        : FamiliarSettings.withoutCommand(name);
  }

  /** Whether the familiar is known and can be started. */
  public FamiliarStatus status(FamiliarName name) {
    if (name.equals(FamiliarName.ARCHMAGE)) {
      return FamiliarStatus.READY;
    }
    if (!familiars.containsKey(name)
        && !instances.containsKey(name)
        && !FamiliarName.BUILT_IN.contains(name)) {
      return FamiliarStatus.UNKNOWN;
    }
    return settings(name).command().isEmpty() ? FamiliarStatus.NO_COMMAND : FamiliarStatus.READY;
  }

  /** Every name that a plan may use, configured ones first. */
  public List<FamiliarName> knownFamiliars() {
    List<FamiliarName> known = new ArrayList<>(familiars.keySet());
    for (List<FamiliarName> more : List.of(List.copyOf(instances.keySet()),
        FamiliarName.BUILT_IN)) {
      more.stream().filter(name -> !known.contains(name)).forEach(known::add);
    }
    return known;
  }

  /** The same with another limit. */
  public Configuration withMaxParallel(int value) {
    return copy(value, retry, inferRules, fileConflictCheck, limits, failFast, person, rollback);
  }

  /** The same with another rule for failed attempts. */
  public Configuration withRetry(RetryRule value) {
    return copy(maxParallel, value, inferRules, fileConflictCheck, limits, failFast, person,
        rollback);
  }

  /** The same with other answers to what is found out about dependencies. */
  public Configuration withDetection(boolean rules, boolean fileConflicts) {
    return copy(maxParallel, retry, rules, fileConflicts, limits, failFast, person, rollback);
  }

  /** The same with other bounds. */
  public Configuration withLimits(Limits value) {
    return copy(maxParallel, retry, inferRules, fileConflictCheck, value, failFast, person,
        rollback);
  }

  /** The same that ends at the first failure or does not. */
  public Configuration withFailFast(boolean value) {
    return copy(maxParallel, retry, inferRules, fileConflictCheck, limits, value, person, rollback);
  }

  /** The same that asks people otherwise. */
  public Configuration withPerson(PersonSettings value) {
    return copy(maxParallel, retry, inferRules, fileConflictCheck, limits, failFast, value,
        rollback);
  }

  /** The same that undoes otherwise. */
  public Configuration withRollback(RollbackSettings value) {
    return copy(
        maxParallel, retry, inferRules, fileConflictCheck, limits, failFast, person, value);
  }

  private Configuration copy(
      int newMaxParallel,
      RetryRule newRetry,
      boolean newInferRules,
      boolean newFileConflictCheck,
      Limits newLimits,
      boolean newFailFast,
      PersonSettings newPerson,
      RollbackSettings newRollback) {
    return new Configuration(
        familiars,
        newMaxParallel,
        instances,
        newRetry,
        newInferRules,
        newFileConflictCheck,
        workspace,
        newLimits,
        newFailFast,
        newPerson,
        newRollback,
        merge,
        metrics,
        worker,
        share);
  }

  /**
   * Files of the repository that the commands run: only a person may change them in a run.
   *
   * @return relative paths with slashes
   */
  public List<String> commandFiles() {
    return commands()
        .filter(command -> command.contains("/") && !command.startsWith("/"))
        .map(command -> command.startsWith("./") ? command.substring(2) : command)
        .distinct()
        .toList();
  }

  /** Whether it names programs to run, an address to tell things to, or a remote to push to. */
  public boolean reachesOut() {
    return commands().findAny().isPresent() || person.notices().isAny() || share != null;
  }

  private Stream<String> commands() {
    return Stream.concat(
        familiars.values()
            .stream()
            .flatMap(settings -> Stream.of(settings.command(), settings.resume())),
        Stream.of(person.notices().command(), workspace.setup()))
        .flatMap(command -> command.stream().limit(1));
  }

  /** The variables that its commands take from the worker's environment. */
  public Map<FamiliarName, List<String>> borrowedVariables() {
    SortedMap<FamiliarName, List<String>> borrowed = new TreeMap<>();
    familiars
        .values()
        .forEach(
            settings -> borrowed.put(
                settings.name(),
                settings.environment()
                    .values()
                    .stream()
                    .flatMap(value -> EnvironmentText.names(value).stream())
                    .distinct()
                    .toList()));
    return borrowed;
  }
}
