package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.config.Configuration;
import io.archmage.config.ConfigurationReader;
import io.archmage.config.ConfigurationReading;
import io.archmage.plan.PlanProblem;
import io.archmage.plan.document.DocumentSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file that {@code archmage init} writes. */
class InitTest {

  /** Longer than anything that is taken for a slip, so that all known keys are listed. */
  private static final String ODD = "z".repeat(70);

  private static final Pattern KNOWN = Pattern.compile("Known keys: (.*)\\.");

  /** Other spellings of keys that the file names. */
  private static final Set<String> ALIASES =
      Set.of("max_concurrency", "max_workers", "instances");

  @TempDir
  private Path directory;

  @BeforeEach
  void makeRepository() throws Exception {
    directory = directory.toRealPath();
    assertThat(
        new ProcessBuilder("git", "init", "-q", directory.toString()).start().waitFor())
        .isZero();
  }

  private CommandLineRun init(String... more) {
    String[] arguments =
        Stream.concat(Stream.of("init"), Stream.of(more)).toArray(String[]::new);
    return CommandLineRun.of(directory, FixedEngine.CONTENT, "", arguments);
  }

  private static String template() throws IOException {
    try (InputStream file = InitTest.class.getResourceAsStream(InitCommand.TEMPLATE)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static ConfigurationReading read(String document) {
    return ConfigurationReader.read(
        document.getBytes(StandardCharsets.UTF_8), DocumentSyntax.YAML);
  }

  private static List<PlanProblem> problems(String document) {
    return read(document) instanceof ConfigurationReading.Problems found
        ? found.problems()
        : List.of();
  }

  @Test
  void shouldHaveTheDefaults() throws IOException {
    assertThat(read(template()))
        .isEqualTo(new ConfigurationReading.Read(Configuration.DEFAULT));
  }

  /** Written where an unknown key is answered with the known ones; {@code %s} is that key. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s: 1",
        "scheduler: {%s: 1}",
        "concurrency: {%s: 1}",
        "concurrency: {global: {%s: 1}}",
        "concurrency: {per_familiar: {codex: {%s: 1}}}",
        "dependencies: {%s: 1}",
        "error_handling: {%s: 1}",
        "error_handling: {on_failure: {%s: 1}}",
        "error_handling: {on_cascade_failure: {%s: 1}}",
        "error_handling: {rollback: {%s: 1}}",
        "optimization: {%s: 1}",
        "metrics: {%s: 1}",
        "workspace: {%s: 1}",
        "worker: {%s: 1}",
        "familiars: {codex: {%s: 1}}"
      })
  void shouldNameEveryKeyThatIsSupported(String place) throws IOException {
    String template = template();
    String fix = problems(place.formatted(ODD)).getFirst().fix();

    assertThat(fix).containsPattern(KNOWN);
    for (String key : KNOWN.matcher(fix).results().findFirst().orElseThrow().group(1).split(", ")) {
      boolean supported =
          problems(place.formatted(key)).stream()
              .noneMatch(problem -> problem.code().equals("unsupported"));
      if (supported && !ALIASES.contains(key)) {
        assertThat(template).as("the key of %s", place).containsPattern("\\b" + key + ":");
      }
    }
  }

  @Test
  void shouldWriteTheFileOnceAndSayWhatIsNext() throws IOException {
    Path file = directory.resolve("runes/config/parallel.yaml");

    CommandLineRun first = init();

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).startsWith("Wrote " + file).contains("archmage doctor");
    assertThat(file).hasContent(template());

    Files.writeString(file, "enabled: true\n");
    CommandLineRun second = init("--json");
    assertThat(second.exitCode()).isEqualTo(2);
    assertThat(second.err()).contains("There is " + file + " already. Use --force");
    assertThat(file).hasContent("enabled: true\n");

    assertThat(init("--force").exitCode()).isZero();
    assertThat(file).hasContent(template());
  }

  @Test
  void shouldFindTheTopOfTheRepository() throws IOException {
    Path below = Files.createDirectories(directory.resolve("src/main"));

    CommandLineRun run = init("--repo", below.toString(), "--json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(directory.resolve("runes/config/parallel.yaml")).exists();
    assertThat(below.resolve("runes")).doesNotExist();
  }

  @Test
  void shouldRefuseADirectoryWithoutRepository(@TempDir Path other) {
    assertThat(init("--repo", other.toString()).exitCode()).isEqualTo(3);
  }
}
