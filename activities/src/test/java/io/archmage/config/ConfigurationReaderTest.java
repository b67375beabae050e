package io.archmage.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.graph.FamiliarStatus;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.PlanProblem;
import io.archmage.plan.document.DocumentSyntax;
import io.archmage.schedule.RetryRule;
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
  void shouldLoadTheParallelExampleWithItsValues() throws IOException {
    Configuration configuration = load("S0-10-parallel-config.yaml");

    assertThat(configuration.maxParallel()).isEqualTo(4);
    assertThat(configuration.instances())
        .containsExactlyEntriesOf(
            new TreeMap<>(
                Map.of(
                    CODEX,
                    3,
                    new FamiliarName("gemini"),
                    2,
                    new FamiliarName("stitch"),
                    2,
                    new FamiliarName("reviewer"),
                    2)));
    assertThat(configuration.retry()).isEqualTo(new RetryRule(2, Duration.ofSeconds(5), 1.0));
    assertThat(configuration.inferRules()).isTrue();
    assertThat(configuration.fileConflictCheck()).isTrue();
    assertThat(configuration.familiars()).isEmpty();
    assertThat(configuration.excludes()).isEmpty();
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
    assertThat(configuration.excludes()).containsExactly("*.log", "tmp/");
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
  @ValueSource(
      strings = {
        "gates: {}",
        "notify: {}",
        "ownership: {}",
        "share: {}",
        "resources: {}",
        "budgets: {}",
        "takeover_after: 5m",
        "parallel_execution: {budgets: {}}",
        "concurrency: {resource_based: {}}",
        "concurrency: {per_familiar: {codex: {rate_limit: 3}}}",
        "error_handling: {fail_fast: true}",
        "error_handling: {rollback_on_cascade: false}",
        "error_handling: {on_failure: {then: stop}}",
        "error_handling: {on_cascade_failure: {preserve_successful: false}}",
        "error_handling: {rollback: {enabled: false}}",
        "workspace: {setup: x}",
        "workspace: {copy: x}",
        "workspace: {keep_failed: true}",
        "workspace: {pool: 3}",
        "familiars: {codex: {adapter: acp}}",
        "familiars: {codex: {rate_limit: 3}}",
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
