package io.archmage.config;

import io.archmage.graph.FamiliarStatus;
import io.archmage.plan.FamiliarName;
import io.archmage.report.Metric;
import io.archmage.schedule.RetryRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A whole configuration.
 *
 * @param familiars every familiar it names
 * @param maxParallel attempts in flight at once in one run, at least 1
 * @param instances instances of the familiars that it limits
 * @param retry when a failed attempt is followed by another
 * @param inferRules whether analysis and review tasks are put after implementation tasks
 * @param fileConflictCheck whether tasks that may write the same file run one after another
 * @param excludes untracked files that are not integrated, or empty for the defaults
 * @param metrics the figures that reports for people show, in their own order
 */
public record Configuration(
    SortedMap<FamiliarName, FamiliarSettings> familiars,
    int maxParallel,
    SortedMap<FamiliarName, Integer> instances,
    RetryRule retry,
    boolean inferRules,
    boolean fileConflictCheck,
    List<String> excludes,
    List<Metric> metrics) {

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
          List.of(),
          List.of(Metric.values()));

  /** Copies the collections. */
  public Configuration {
    familiars = Collections.unmodifiableSortedMap(new TreeMap<>(familiars));
    instances = Collections.unmodifiableSortedMap(new TreeMap<>(instances));
    excludes = List.copyOf(excludes);
    metrics = List.copyOf(metrics);
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
    return new Configuration(
        familiars, value, instances, retry, inferRules, fileConflictCheck, excludes, metrics);
  }

  /**
   * Files of the repository that the commands run: only a person may change them in a run.
   *
   * @return relative paths with slashes
   */
  public List<String> commandFiles() {
    return familiars.values()
        .stream()
        .flatMap(settings -> settings.command().stream().limit(1))
        .filter(command -> command.contains("/") && !command.startsWith("/"))
        .map(command -> command.startsWith("./") ? command.substring(2) : command)
        .distinct()
        .toList();
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
