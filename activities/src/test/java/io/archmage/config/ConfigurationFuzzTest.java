package io.archmage.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.PlanProblem;
import io.archmage.plan.ProblemText;
import io.archmage.plan.document.DocumentSyntax;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the document, there is a configuration or there are problems. */
@Timeout(60)
class ConfigurationFuzzTest {

  private static final List<Path> FOLDERS =
      List.of(
          Path.of("src/test/resources/configurations"),
          Path.of("src/test/resources/configuration-problems"));
  private static final String STRANGE = "qqqqqqqqqqqqqqqqqqqqqq";
  private static final Pattern KNOWN = Pattern.compile("Known keys: (.*)\\.");

  /** A list of a list of a list is nothing that any key takes. */
  private static final String NEVER = "[[[1]]]";
  private static final List<String> VALUES =
      List.of(
          NEVER, "[]", "{}", "{codex: [1]}", "{codex: {codex: 1}}", "[null]", "'a text'", "''",
          "0", "-1", "1.5", "1e400", "99999999999999999999", ".nan", "true", "null",
          "\"\\u001b[2J\"");
  private static final List<String> PIECES =
      List.of(
          "{", "}", "[", "]", ",", ":", "\"", "'", "\n", " ", "-", "&a ", "*a", "!!int ", "|", "#",
          "\\u0000", "null", "true", "1e9", "${env:X}", "codex", "familiars: ", "command: ",
          "env: {A: 1}", "rate_limit: 1/second", "merge_strategy: ", "rules: ", "metrics: ", "\t",
          "notify: ", "webhook: ", "99999999999999999999", "? ", "<<", "@", "\u0085", "\r", "7d");

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldSurviveMutatedConfigurations(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> texts = texts();
    for (int round = 0; round < 50; round++) {
      String text = texts.get(random.nextInt(texts.size()));
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        text = mutated(text, random);
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (random.nextInt(5) == 0 && bytes.length > 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      DocumentSyntax syntax = List.of(DocumentSyntax.values()).get(random.nextInt(3));
      check(bytes, syntax, "seed %d, %s: %s".formatted(seed, syntax, Arrays.toString(bytes)));
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldNameTheLineOfAValueOfAWrongType() {
    return keys("").stream()
        .map(key -> DynamicTest.dynamicTest(key, () -> refuse(key)));
  }

  @Test
  void shouldKnowManyKeys() {
    assertThat(keys(""))
        .contains(
            "error_handling.on_failure.retry_delay",
            "familiars.codex.command",
            "concurrency.per_familiar.codex.rate_limit",
            "merge_strategy.conflict_handling.auto_resolvable",
            "notify.env")
        .hasSizeGreaterThan(100);
  }

  private static void refuse(String key) {
    int line = key.split("\\.").length;
    assertThat(check(nested(key, NEVER))).as(key).anyMatch(problem -> problem.line() == line);
    for (String value : VALUES) {
      for (PlanProblem problem : check(nested(key, value))) {
        assertThat(problem.line()).as("%s: %s: %s", key, value, problem).isPositive();
      }
    }
  }

  /** All keys with their parents, as the readers name them when they meet one they do not know. */
  private static List<String> keys(String parent) {
    List<String> keys = new ArrayList<>();
    for (String known : known(parent)) {
      String key = parent.isEmpty() ? known : parent + "." + known;
      keys.add(key);
      if (!key.equals("parallel_execution")) {
        keys.addAll(keys(key));
        keys.addAll(keys(key + ".codex"));
      }
    }
    return keys;
  }

  /** The keys of a mapping, or none if the key before it takes no mapping with fixed keys. */
  private static List<String> known(String parent) {
    String key = parent.isEmpty() ? STRANGE : parent + "." + STRANGE;
    int line = key.split("\\.").length;
    return check(nested(key, "1"))
        .stream()
        .filter(problem -> problem.code().equals("unknown_key") && problem.line() == line)
        .map(problem -> KNOWN.matcher(problem.fix()))
        .filter(Matcher::find)
        .flatMap(known -> Arrays.stream(known.group(1).split(", ")))
        .toList();
  }

  private static String nested(String key, String value) {
    StringBuilder text = new StringBuilder();
    String indent = "";
    for (String name : key.split("\\.")) {
      text.append(text.isEmpty() ? "" : "\n").append(indent).append(name).append(":");
      indent += "  ";
    }
    return text.append(' ').append(value).append('\n').toString();
  }

  private static List<PlanProblem> check(String document) {
    return check(
        document.getBytes(StandardCharsets.UTF_8), DocumentSyntax.YAML, document);
  }

  private static List<PlanProblem> check(byte[] bytes, DocumentSyntax syntax, String what) {
    ConfigurationReading reading;
    try {
      reading = ConfigurationReader.read(bytes, syntax);
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(what, e);
    }
    if (!(reading instanceof ConfigurationReading.Problems found)) {
      return List.of();
    }
    assertThat(found.problems()).as(what).isNotEmpty();
    for (PlanProblem problem : found.problems()) {
      assertThat(problem.message()).as(what).isNotBlank();
      assertThat(problem.fix()).as(what).isNotBlank();
      assertThat(ProblemText.render(problem)).as(what).doesNotContain("com.fasterxml", "java.");
    }
    return found.problems();
  }

  private static List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path folder : FOLDERS) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          if (file.toString().matches(".*\\.(yaml|json)")) {
            texts.add(Files.readString(file));
          }
        }
      }
    }
    assertThat(texts).hasSizeGreaterThan(5);
    return texts;
  }

  private static String mutated(String text, Random random) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(12));
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    return switch (random.nextInt(4)) {
      case 0 -> text.substring(0, from) + text.substring(to);
      case 1 -> text.substring(0, to) + text.substring(from);
      case 2 -> text.substring(0, from) + piece + text.substring(from);
      default -> text.substring(0, from) + piece + text.substring(to);
    };
  }
}
