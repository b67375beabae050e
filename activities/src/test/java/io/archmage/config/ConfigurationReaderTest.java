package io.archmage.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.graph.FamiliarStatus;
import io.archmage.plan.ConflictPolicy;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.MergeRules;
import io.archmage.plan.MergeSettings;
import io.archmage.plan.PlanProblem;
import io.archmage.plan.document.DocumentSyntax;
import io.archmage.schedule.PersonRule;
import io.archmage.schedule.Rate;
import io.archmage.schedule.RateUnit;
import io.archmage.schedule.RetryRule;
import io.archmage.schedule.RollbackRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {

  private static final Path FOLDER = Path.of("src/test/resources/configurations");
  private static final FamiliarName CODEX = new FamiliarName("codex");
  private static final FamiliarName GEMINI = new FamiliarName("gemini");
  private static final FamiliarName STITCH = new FamiliarName("stitch");
  private static final FamiliarName REVIEWER = new FamiliarName("reviewer");

  @Test
  void shouldLoadTheErrorHandlingExampleWithItsValues() throws IOException {
    Configuration configuration = load("S0-08-error-handling.json");

    assertThat(configuration.retry()).isEqualTo(new RetryRule(2, Duration.ofSeconds(5), 1.0));
    assertThat(configuration)
        .usingRecursiveComparison()
        .ignoringFields("retry")
        .isEqualTo(Configuration.DEFAULT);
  }

  @Test
  void shouldLoadTheLimitsExampleWithItsValues() throws IOException {
    Configuration configuration = load("S0-07-concurrency-limits.yaml");

    assertThat(configuration.maxParallel()).isEqualTo(4);
    assertThat(configuration.limits().maxParallelTasks()).isEqualTo(8);
    assertThat(configuration.attemptsInFlight()).isEqualTo(4);
    assertThat(configuration.instances())
        .containsExactlyEntriesOf(
            new TreeMap<>(Map.of(CODEX, 3, GEMINI, 2, STITCH, 2, REVIEWER, 2)));
    assertThat(configuration.limits().rates())
        .containsExactlyEntriesOf(
            new TreeMap<>(
                Map.of(
                    CODEX,
                    new Rate(10, RateUnit.MINUTE),
                    GEMINI,
                    new Rate(5, RateUnit.MINUTE),
                    STITCH,
                    new Rate(5, RateUnit.MINUTE),
                    REVIEWER,
                    new Rate(20, RateUnit.MINUTE))));
    assertThat(configuration.limits().tokensPerMinute()).isEqualTo(100_000);
    assertThat(configuration.limits().callsPerMinute()).isEqualTo(30);
    assertThat(configuration)
        .usingRecursiveComparison()
        .ignoringFields("instances", "limits")
        .isEqualTo(Configuration.DEFAULT);
  }

  /** Values that set nothing, because the one they have always holds, are read all the same. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "S0-07-concurrency-limits.yaml | max_parallel_familiars: 4",
        "S0-07-concurrency-limits.yaml | max_parallel_tasks: 8",
        "S0-07-concurrency-limits.yaml | max_instances: 3",
        "S0-07-concurrency-limits.yaml | rate_limit: 10/minute",
        "S0-07-concurrency-limits.yaml | max_total_tokens_per_minute: 100000",
        "S0-07-concurrency-limits.yaml | max_api_calls_per_minute: 30",
        "S0-10-parallel-config.yaml | enabled: true",
        "S0-10-parallel-config.yaml | algorithm: priority_with_dependencies",
        "S0-10-parallel-config.yaml | check_interval: 1000",
        "S0-10-parallel-config.yaml | max_parallel: 4",
        "S0-10-parallel-config.yaml | codex: 3",
        "S0-10-parallel-config.yaml | auto_detect: true",
        "S0-10-parallel-config.yaml | file_conflict_check: true",
        "S0-10-parallel-config.yaml | retry_failed: true",
        "S0-10-parallel-config.yaml | max_retries: 2",
        "S0-10-parallel-config.yaml | rollback_on_cascade: true",
        "S0-10-parallel-config.yaml | batch_small_tasks: true",
        "S0-10-parallel-config.yaml | min_batch_size: 3",
        "S0-10-parallel-config.yaml | max_batch_size: 10"
      })
  void shouldReadEveryValueOfTheExamples(String file, String line) throws IOException {
    String text = Files.readString(FOLDER.resolve(file));
    assertThat(text).contains(line);

    assertThat(problems(text.replace(line, line.replaceFirst(": .*", ": [wrong]")))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "concurrency: {per_familiar: {codex: {rate_limit: 10/minute}}} | 10 | MINUTE | 3",
        "familiars: {codex: {rate_limit: 3/second}} | 3 | SECOND | 3",
        "familiars: {codex: {rate_limit: 1000000/hour}} | 1000000 | HOUR | 3",
        "concurrency: {per_familiar_limit: {codex: 5}, per_familiar: {codex: {rate_limit:"
            + " 1/hour}}} | 1 | HOUR | 5"
      })
  void shouldReadTheRateOfAFamiliar(String document, int starts, RateUnit unit, int instances) {
    Configuration configuration = read(document);

    assertThat(configuration.limits().rates())
        .containsExactly(Map.entry(CODEX, new Rate(starts, unit)));
    assertThat(configuration.instancesOf(CODEX)).isEqualTo(instances);
  }

  @ParameterizedTest
  @CsvSource({"4, 8, 4", "8, 4, 4", "7, 7, 7"})
  void shouldNotHaveMoreAttemptsThanTasksInFlight(int familiars, int tasks, int expected) {
    Configuration configuration =
        read(
            "concurrency: {global: {max_parallel_familiars: %d, max_parallel_tasks: %d}}"
                .formatted(familiars, tasks));

    assertThat(configuration.attemptsInFlight()).isEqualTo(expected);
    assertThat(configuration.withMaxParallel(100).attemptsInFlight()).isEqualTo(tasks);
  }

  @Test
  void shouldEndAtTheFirstFailureOnlyIfAsked() {
    assertThat(read("error_handling: {}").failFast()).isFalse();
    assertThat(read("error_handling: {fail_fast: false}").failFast()).isFalse();
    assertThat(read("error_handling: {fail_fast: true}").failFast()).isTrue();
  }

  @Test
  void shouldLoadTheParallelExampleWithItsValues() throws IOException {
    Configuration configuration = load("S0-10-parallel-config.yaml");

    assertThat(configuration.maxParallel()).isEqualTo(4);
    assertThat(configuration.instances())
        .containsExactlyEntriesOf(
            new TreeMap<>(
                Map.of(CODEX, 3, GEMINI, 2, STITCH, 2, REVIEWER, 2)));
    assertThat(configuration.limits()).isEqualTo(Limits.NONE);
    assertThat(configuration.failFast()).isFalse();
    assertThat(configuration.retry()).isEqualTo(new RetryRule(2, Duration.ofSeconds(5), 1.0));
    assertThat(configuration.inferRules()).isTrue();
    assertThat(configuration.fileConflictCheck()).isTrue();
    assertThat(configuration.familiars()).isEmpty();
    assertThat(configuration.workspace().excludes()).isEmpty();
  }

  @Test
  void shouldLoadTheSmartMergeExampleWithItsValues() throws IOException {
    Configuration configuration = load("S0-06-smart-merge.json");

    MergeRules defaults = MergeRules.DEFAULT;
    assertThat(configuration.merge())
        .isEqualTo(
            new MergeSettings(
                MergeSettings.ResultMerge.SMART_MERGE,
                new MergeRules(
                    defaults.sameFunction(),
                    defaults.differentFunctions(),
                    defaults.imports(),
                    defaults.types(),
                    defaults.resolutions(),
                    ConflictPolicy.ASK),
                null));
    assertThat(configuration)
        .usingRecursiveComparison()
        .ignoringFields("merge")
        .isEqualTo(Configuration.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "parallel_execution: {}", "{}"})
  void shouldGiveTheDefaultsWhereNothingIsSaid(String document) {
    assertThat(read(document)).isEqualTo(Configuration.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "concurrency: {max_parallel: 7} | 7",
        "concurrency: {max_parallel_familiars: 7} | 7",
        "concurrency: {max_concurrency: 7} | 7",
        "concurrency: {max_workers: 7} | 7",
        "concurrency: {global: {max_parallel: 7, max_parallel_tasks: 9}} | 7",
        "parallel_execution: {concurrency: {max_parallel: 7}} | 7",
        "enabled: true | 4",
        "{enabled: false, concurrency: {max_parallel: 7}} | 1"
      })
  void shouldReadTheLimitOfTheRun(String document, int expected) {
    assertThat(read(document).maxParallel()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "concurrency: {per_familiar_limit: {codex: 5}} | 5",
        "concurrency: {per_familiar: {codex: {max_instances: 5}}} | 5",
        "concurrency: {per_familiar: {codex: {}}} | 3",
        "familiars: {codex: {max_instances: 5}} | 5",
        "familiars: {codex: {instances: 5}} | 5",
        "familiars: {codex: {}} | 3"
      })
  void shouldReadTheLimitOfAFamiliar(String document, int expected) {
    assertThat(read(document).instancesOf(CODEX)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{auto_detect: false} | false | true",
        "{infer_rules: false} | false | true",
        "{auto_detect: false, infer_rules: true} | true | true",
        "{file_conflict_check: false} | true | false"
      })
  void shouldReadDependencies(String keys, boolean infer, boolean conflicts) {
    Configuration configuration = read("dependencies: " + keys);

    assertThat(configuration.inferRules()).isEqualTo(infer);
    assertThat(configuration.fileConflictCheck()).isEqualTo(conflicts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{max_retries: 0} | 0 | 5000 | 1",
        "{retry_failed: false} | 0 | 5000 | 1",
        "{retry_failed: false, max_retries: 9} | 0 | 5000 | 1",
        "{max_retries: 9, on_failure: {max_retries: 3}} | 3 | 5000 | 1",
        "{on_failure: {retry_delay: 250}} | 2 | 250 | 1",
        "{on_failure: {retry_delay: 2m}} | 2 | 120000 | 1",
        "{on_failure: {backoff_coefficient: 2}} | 2 | 5000 | 2",
        "{on_failure: {backoff_coefficient: 1.5}} | 2 | 5000 | 1.5"
      })
  void shouldReadRetries(String keys, int retries, long delay, double coefficient) {
    assertThat(read("error_handling: " + keys).retry())
        .isEqualTo(new RetryRule(retries, Duration.ofMillis(delay), coefficient));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "101", "NaN", ".inf", "fast", "\"2\"", "2d", "0x1p3", "[2]", "-1"})
  void shouldRefuseAStrangeCoefficient(String value) {
    assertThat(problems("error_handling: {on_failure: {backoff_coefficient: " + value + "}}"))
        .extracting(PlanProblem::code)
        .containsExactly("out_of_range");
  }

  @Test
  void shouldReadWhatAStoppedWorkerDoesAndHowASessionGoesOn() {
    Configuration configuration =
        read(
            """
                worker: {on_stop: drain, drain_timeout: 2h}
                familiars:
                  poet: {command: [poet], resume: [./again, "{session_id}"]}
                """);

    assertThat(configuration.worker())
        .isEqualTo(new WorkerRules(WorkerRules.OnStop.DRAIN, Duration.ofHours(2)));
    assertThat(configuration.settings(new FamiliarName("poet")).resume())
        .containsExactly("./again", "{session_id}");
    assertThat(configuration.commandFiles()).as("only a person may change it").contains("again");
    assertThat(Configuration.DEFAULT.worker().onStop()).isEqualTo(WorkerRules.OnStop.DETACH);
  }

  @Test
  void shouldReadEveryKeyOfAFamiliar() {
    Configuration configuration = read(
        """
            familiars:
              poet:
                adapter: command
                command: ["./tools/poet", "{prompt_file}"]
                env: {TOKEN: "${env:POET_TOKEN}", DEPTH: 3, FAST: true}
                role: review
                timeout: 90s
                stall_timeout: 500ms
                read_only: true
                instances: 9
            workspace:
              exclude: ["*.log", "tmp/"]
            """);

    FamiliarName poet = new FamiliarName("poet");
    assertThat(configuration.settings(poet))
        .isEqualTo(
            new FamiliarSettings(
                poet,
                List.of("./tools/poet", "{prompt_file}"),
                Map.of("TOKEN", "${env:POET_TOKEN}", "DEPTH", "3", "FAST", "true"),
                "review",
                Duration.ofSeconds(90),
                Duration.ofMillis(500),
                true));
    assertThat(configuration.status(poet)).isEqualTo(FamiliarStatus.READY);
    assertThat(configuration.instancesOf(poet)).isEqualTo(9);
    assertThat(configuration.workspace().excludes()).containsExactly("*.log", "tmp/");
    assertThat(configuration.commandFiles()).containsExactly("tools/poet");
    assertThat(configuration.borrowedVariables()).isEqualTo(Map.of(poet, List.of("POET_TOKEN")));
  }

  @Test
  void shouldReadTheKeysThatHaveOnlyOneMeaning() {
    assertThat(
        read(
            """
                scheduler: {algorithm: priority_with_dependencies, check_interval: 1000}
                optimization: {batch_small_tasks: false, min_batch_size: 1, max_batch_size: 2}
                error_handling:
                  rollback_on_cascade: true
                  on_failure: {strategy: isolate_and_retry}
                  on_cascade_failure: {strategy: rollback_chain, preserve_successful: true}
                  rollback:
                    {enabled: true, checkpoint_before_parallel: true, restore_on_failure: true}
                """))
        .isEqualTo(Configuration.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "familiars: {poet: {command: [poet]}} | poet | READY",
        "familiars: {poet: {}} | poet | NO_COMMAND",
        "concurrency: {per_familiar_limit: {poet: 2}} | poet | READY",
        "concurrency: {per_familiar_limit: {codex: 2}} | codex | NO_COMMAND",
        "{} | codex | NO_COMMAND",
        "{} | archmage | READY",
        "{} | poet | UNKNOWN"
      })
  void shouldKnowWhatCanBeStarted(String document, String name, FamiliarStatus expected) {
    assertThat(read(document).status(new FamiliarName(name))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | true | false | false",
        "{on_cascade_failure: {preserve_successful: false}} | true | true | false",
        "{rollback_on_cascade: false} | true | false | false",
        "{rollback_on_cascade: false, on_cascade_failure: {preserve_successful: false}}"
            + " | true | false | false",
        "{rollback_on_cascade: false,"
            + " on_cascade_failure: {strategy: rollback_chain, preserve_successful: false}}"
            + " | true | true | false",
        "{on_cascade_failure: {preserve_successful: false}, rollback: {restore_on_failure: false}}"
            + " | true | false | false",
        "{on_cascade_failure: {preserve_successful: false},"
            + " rollback: {checkpoint_before_parallel: false}} | false | true | false",
        "{on_cascade_failure: {preserve_successful: false}, on_failure: {then: fail}}"
            + " | true | false | false",
        "{on_cascade_failure: {preserve_successful: false}, on_failure: {then: rollback}}"
            + " | true | true | false",
        "{on_cascade_failure: {preserve_successful: false}, on_failure: {then: escalate}}"
            + " | true | true | true",
        "{on_cascade_failure: {preserve_successful: false}, rollback: {enabled: false}}"
            + " | false | false | true",
        "{rollback: {enabled: false}, on_failure: {then: fail}} | false | false | false"
      })
  void shouldSayWhatIsRecordedAndUndoneAndWhoIsAsked(
      String document, boolean checkpoints, boolean undo, boolean escalate) {
    Configuration configuration = read("error_handling: " + document);

    assertThat(configuration.rollback().rule()).isEqualTo(new RollbackRule(checkpoints, undo));
    assertThat(configuration.person().rule().escalate()).isEqualTo(escalate);
  }

  @Test
  void shouldRefuseToRollBackWhereThatIsSwitchedOff() {
    assertThat(
        problems("error_handling: {rollback: {enabled: false}, on_failure: {then: rollback}}"))
        .extracting(PlanProblem::code)
        .containsExactly("conflicting_keys");
  }

  @Test
  void shouldReadHowMachinesShareRuns() {
    assertThat(
        read("share: {remote: hub, takeover_after: 90s, push_target: true}").share())
        .isEqualTo(new ShareSettings("hub", Duration.ofSeconds(90), true));
    assertThat(read("parallel_execution: {share: {remote: origin}}").share())
        .isEqualTo(new ShareSettings("origin", Duration.ofMinutes(5), false));
    assertThat(read("share: {remote: origin}").reachesOut()).isTrue();
    assertThat(Configuration.DEFAULT.share()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "share: {}; missing_key",
        "share: {takeover_after: 5m}; missing_key",
        "share: {remote: 'https://host/x'}; invalid_value",
        "share: {remote: -u}; invalid_value",
        "share: {remote: origin, takeover_after: 5}; invalid_duration"
      })
  void shouldRefuseAShareThatNamesNoRemote(String document, String code) {
    assertThat(problems(document)).extracting(PlanProblem::code).containsExactly(code);
  }

  @Test
  void shouldReadWhatTasksShare() {
    assertThat(read("resources: {gpu: 2, database: 1}").limits().resources())
        .containsExactly(Map.entry("database", 1), Map.entry("gpu", 2));
    assertThat(read("parallel_execution: {resources: {gpu: 2}}").limits().resources())
        .containsExactly(Map.entry("gpu", 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{resources: {gpu: 2}, parallel_execution: {resources: {gpu: 3}}}; conflicting_keys",
        "resources: {gpu: 0}; out_of_range",
        "resources: {gpu: 1.5}; wrong_type",
        "resources: {'': 1}; invalid_value",
        "resources: [gpu]; wrong_type"
      })
  void shouldRefuseResourcesThatAreNoAmounts(String document, String code) {
    assertThat(problems(document)).extracting(PlanProblem::code).containsExactly(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gates: {}",
        "ownership: {}",
        "budgets: {}",
        "parallel_execution: {budgets: {}}",
        "familiars: {codex: {adapter: acp}}",
        "familiars: {codex: {model: x}}",
        "familiars: {codex: {executable: x}}",
        "familiars: {codex: {args: [x]}}",
        "familiars: {codex: {sandbox: x}}",
        "familiars: {codex: {may_add_tasks: true}}"
      })
  void shouldRefuseWhatThisVersionDoesNotDo(String document) {
    assertThat(problems(document)).extracting(PlanProblem::code).containsExactly("unsupported");
  }

  @Test
  void shouldSayWhenAPersonIsAskedAndHowTheyAreTold() {
    PersonSettings person =
        read(
            """
                error_handling: {on_conflict: ask, on_failure: {then: escalate}}
                notify: {command: [./tell.sh, now], env: {KEY: "${env:K}"}, webhook: "https://x.org/a"}
                """)
            .person();

    assertThat(person.rule()).isEqualTo(new PersonRule(ConflictPolicy.ASK, true));
    assertThat(person.notices())
        .isEqualTo(
            new NotifySettings(
                List.of("./tell.sh", "now"), Map.of("KEY", "${env:K}"), "https://x.org/a"));
    assertThat(read("error_handling: {on_failure: {then: rollback}}").person())
        .isEqualTo(PersonSettings.DEFAULT);
    assertThat(read("notify: {command: [tools/tell.sh]}").commandFiles())
        .containsExactly("tools/tell.sh");
    assertThat(read("notify: {webhook: \"${env:HOOK}\"}").reachesOut()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "error_handling: {on_conflict: wait} | invalid_value",
        "error_handling: {on_failure: {then: stop}} | invalid_value",
        "notify: {} | missing_key",
        "notify: {command: tell.sh} | invalid_value",
        "notify: {webhook: \"file:///etc/passwd\"} | invalid_value",
        "notify: {webhooks: \"https://x.org\"} | unknown_key"
      })
  void shouldRefuseWhatCannotReachAPerson(String document, String code) {
    assertThat(problems(document)).extracting(PlanProblem::code).contains(code);
  }

  @Test
  void shouldShowAllMetricsOfTheExample() throws IOException {
    assertThat(load("S0-09-metrics.yaml")).isEqualTo(Configuration.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metrics: {} | 10",
        "metrics: {parallelism: [], performance: [], reliability: []} | 0",
        "metrics: {performance: [merge_time_ms, merge_time]} | 8",
        "parallel_execution: {metrics: {parallelism: [], performance: []}} | 3"
      })
  void shouldReadTheChoiceOfMetrics(String document, int count) {
    assertThat(read(document).metrics()).hasSize(count).isSorted();
  }

  @Test
  void shouldRefuseTwoLimitsThatContradict() {
    assertThat(problems("concurrency: {max_parallel: 2, global: {max_parallel: 3}}"))
        .extracting(PlanProblem::code)
        .containsExactly("conflicting_keys");
  }

  private static Configuration load(String file) throws IOException {
    return configuration(
        ConfigurationReader.read(
            Files.readAllBytes(FOLDER.resolve(file)), DocumentSyntax.ofFileName(file)));
  }

  private static Configuration read(String document) {
    return configuration(reading(document));
  }

  private static Configuration configuration(ConfigurationReading reading) {
    assertThat(reading).isInstanceOf(ConfigurationReading.Read.class);
    return ((ConfigurationReading.Read) reading).configuration();
  }

  private static List<PlanProblem> problems(String document) {
    ConfigurationReading reading = reading(document);
    assertThat(reading).isInstanceOf(ConfigurationReading.Problems.class);
    return ((ConfigurationReading.Problems) reading).problems();
  }

  private static ConfigurationReading reading(String document) {
    return ConfigurationReader.read(
        document.getBytes(StandardCharsets.UTF_8), DocumentSyntax.YAML);
  }
}
