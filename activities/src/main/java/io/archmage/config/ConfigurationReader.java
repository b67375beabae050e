package io.archmage.config;

import io.archmage.plan.FamiliarName;
import io.archmage.plan.MergeSettings;
import io.archmage.plan.document.DocumentReader;
import io.archmage.plan.document.DocumentReading;
import io.archmage.plan.document.DocumentSyntax;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.ProblemCollector;
import io.archmage.plan.reader.MergeReader;
import io.archmage.plan.reader.ResourceAmounts;
import io.archmage.report.Metric;
import io.archmage.schedule.PersonRule;
import io.archmage.schedule.RetryRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration: the keys of {@code parallel_execution} and the familiars, in one document,
 * either nested under that key or at the top.
 */
public final class ConfigurationReader {

  private static final Key ROOT = Key.of("parallel_execution");
  private static final Key ENABLED = Key.of("enabled");
  private static final Key SCHEDULER = Key.of("scheduler");
  private static final Key CONCURRENCY = Key.of("concurrency");
  private static final Key DEPENDENCIES = Key.of("dependencies");
  private static final Key ERROR_HANDLING = Key.of("error_handling");
  private static final Key OPTIMIZATION = Key.of("optimization");
  private static final Key FAMILIARS = Key.of("familiars");
  private static final Key NOTIFY = Key.of("notify");
  private static final Key WORKSPACE = Key.of("workspace");
  private static final Key WORKER = Key.of("worker");
  private static final Key METRICS = Key.of("metrics");
  private static final Key SHARE = Key.of("share");
  private static final Key RESOURCES = Key.of("resources");
  private static final List<Key> LATER =
      List.of(
          Key.of("gates"),
          Key.of("ownership"),
          Key.of("budgets"));

  private final ProblemCollector problems = new ProblemCollector();
  private final ConcurrencyReader concurrency = new ConcurrencyReader();
  private final SortedMap<FamiliarName, FamiliarSettings> familiars = new TreeMap<>();
  private RetryRule retry = RetryRule.DEFAULT;
  private boolean failFast;
  private PersonRule person = PersonRule.NEVER;
  private NotifySettings notify = NotifySettings.NONE;
  private final SortedMap<String, Integer> resources = new TreeMap<>();
  private boolean enabled = true;
  private boolean inferRules = true;
  private boolean fileConflictCheck = true;
  private WorkspaceRules workspace = WorkspaceRules.DEFAULT;
  private MergeSettings merge = MergeSettings.NONE;
  private RollbackSettings rollback = RollbackSettings.DEFAULT;
  private WorkerRules worker = WorkerRules.DEFAULT;
  private List<Metric> metrics = Configuration.DEFAULT.metrics();
  private @Nullable ShareSettings share;

  private ConfigurationReader() {}

  /**
   * Reads a document.
   *
   * @param bytes the whole document; an empty one gives the defaults
   * @param syntax its syntax as far as known
   */
  public static ConfigurationReading read(byte[] bytes, DocumentSyntax syntax) {
    if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
      return new ConfigurationReading.Read(Configuration.DEFAULT);
    }
    return switch (DocumentReader.read(bytes, syntax)) {
      case DocumentReading.Unreadable unreadable ->
        new ConfigurationReading.Problems(unreadable.problems());
      case DocumentReading.Parsed parsed -> new ConfigurationReader().read(parsed.root());
    };
  }

  private ConfigurationReading read(Mapping root) {
    MappingReader top = new MappingReader(root, "the configuration", problems, null);
    Optional<MappingReader> nested = top.mapping(ROOT, null);
    section(top);
    LATER.forEach(top::unsupported);
    top.finish();
    nested.ifPresent(
        reader -> {
          section(reader);
          LATER.forEach(reader::unsupported);
          reader.finish();
        });
    if (!problems.isEmpty()) {
      return new ConfigurationReading.Problems(problems.list());
    }
    return new ConfigurationReading.Read(
        new Configuration(
            familiars,
            enabled ? concurrency.maxParallel() : 1,
            concurrency.instances(),
            retry,
            inferRules,
            fileConflictCheck,
            workspace,
            concurrency.limits(resources),
            failFast,
            new PersonSettings(person, notify),
            rollback,
            merge,
            metrics,
            worker,
            share));
  }

  private void section(MappingReader reader) {
    reader.bool(ENABLED).ifPresent(value -> enabled = value);
    reader.mapping(SCHEDULER, null).ifPresent(SchedulerKeys::check);
    reader.mapping(CONCURRENCY, null).ifPresent(concurrency::read);
    reader.mapping(DEPENDENCIES, null).ifPresent(this::dependencies);
    reader
        .mapping(ERROR_HANDLING, null)
        .ifPresent(this::errorHandling);
    reader.mapping(NOTIFY, null).ifPresent(keys -> notify = new NotifyReader(keys).read());
    reader.mapping(OPTIMIZATION, null).ifPresent(ConfigurationReader::optimization);
    merge = MergeReader.read(reader, problems).over(merge);
    reader.mapping(WORKSPACE, null)
        .ifPresent(keys -> workspace = new WorkspaceReader(keys).read(workspace));
    reader.mapping(WORKER, null).ifPresent(keys -> worker = WorkerRules.read(keys, worker));
    reader.mapping(SHARE, null).ifPresent(keys -> share = new ShareReader(keys).read());
    ResourceAmounts.readInto(resources, reader, RESOURCES);
    reader.mapping(METRICS, null).ifPresent(names -> metrics = MetricsReader.read(names));
    reader
        .mapping(FAMILIARS, null)
        .ifPresent(all -> new FamiliarReader(all, problems, concurrency).readInto(familiars));
  }

  private void errorHandling(MappingReader reader) {
    ErrorHandlingReader errors = new ErrorHandlingReader(reader);
    retry = errors.read();
    failFast = errors.failFast();
    person = errors.person();
    rollback = errors.rollback();
  }

  private void dependencies(MappingReader reader) {
    Optional<Boolean> detect = reader.bool(Key.of("auto_detect"));
    Optional<Boolean> infer = reader.bool(Key.of("infer_rules"));
    inferRules = infer.or(() -> detect).orElse(inferRules);
    reader.bool(Key.of("file_conflict_check")).ifPresent(value -> fileConflictCheck = value);
    reader.finish();
  }

  /** Batching concerns tasks marked as small, which no plan of this version can have. */
  private static void optimization(MappingReader reader) {
    reader.bool(Key.of("batch_small_tasks"));
    reader.integer(Key.of("min_batch_size"), 1, 1_000);
    reader.integer(Key.of("max_batch_size"), 1, 1_000);
    reader.finish();
  }
}
