package io.archmage.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.PlanProblem;
import io.archmage.plan.ProblemText;
import io.archmage.plan.document.DocumentSyntax;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the document, there is a graph or there are problems. */
@Timeout(60)
class DocumentFuzzTest {

  private static final List<String> INPUTS =
      List.of("S0-01", "S0-02", "S0-03", "S0-04", "S0-05", "S0-13", "S0-14");
  private static final String YAML =
      """
          execution: dag
          tasks:
            - id: A
              familiar: codex
              outputs: [src/**, "a[b-c]?.ts"]
              estimate: 30s
            - {id: 2, worker: gemini, deps: [A, {id: A, type: soft}], files: &f [x, y]}
            - id: C
              familiar: codex
              file: *f
              description: |
                text
          """;
  private static final String PIPELINE =
      """
          execution: pipeline
          input: What to do.
          steps:
            - {familiar: codex, action: analyze, output_key: findings}
            - {familiar: gemini, action: fix, input_from: findings, output_key: fixed}
            - {id: check, familiar: reviewer, input_from: [input, fixed, 1-analyze]}
          result_merge: {type: smart_merge, rules: {imports: union, same_function: serialize}}
          """;
  private static final String FAN_OUT =
      """
          execution: fan_out_fan_in
          split: {strategy: by_module, input: src, partitions: [auth/, user, ./payment]}
          parallel_tasks:
            familiar: codex
            action: refactor
            per_partition: true
            prompt_file: prompts/ok.md
          merge: {strategy: collect_changes, conflict_resolution: rerun}
          merge_strategy:
            type: smart_merge
            conflict_handling: {auto_resolvable: apply, manual_required: pause_and_notify}
          """;
  private static final List<String> PLANS = List.of(YAML, PIPELINE, FAN_OUT);
  private static final List<String> PIECES =
      List.of(
          "{", "}", "[", "]", ",", ":", "\"", "'", "\n", " ", "-", "&a ", "*a", "!!int ", "|", "#",
          "//", "\\u0000", "\\", "null", "true", "1e9", "\"id\"", "\"tasks\"", "depends_on",
          "\t", "%", "---\n", "...\n", "\uFEFF", "😀", "..", "/", "**", "99999999999999999999",
          "0x",
          "? ", "<<", "@", "`", "\u0085", "\r", "steps: ", "split: ", "partitions: [a, a/b]",
          "parallel_tasks: ", "input_from: ", "output_key: ", "merge_strategy: ", "git_merge: ",
          "smart_merge", "rules: ", "conflict_handling: ", "[]", "{}");

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldSurviveRandomBytes(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      check(bytes, random, seed);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldSurviveRandomPieces(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      check(text.toString().getBytes(StandardCharsets.UTF_8), random, seed);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldSurviveMutatedPlans(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      String plan =
          random.nextInt(2) == 0 ? PLANS.get(random.nextInt(PLANS.size()))
              : Graphs.inputText(INPUTS.get(random.nextInt(INPUTS.size())));
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        plan = mutated(plan, random);
      }
      byte[] bytes = plan.getBytes(StandardCharsets.UTF_8);
      if (random.nextInt(5) == 0 && bytes.length > 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      check(bytes, random, seed);
    }
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

  private static void check(byte[] bytes, Random random, long seed) {
    DocumentSyntax syntax = List.of(DocumentSyntax.values()).get(random.nextInt(3));
    String what = "seed %d, %s: %s".formatted(seed, syntax, Arrays.toString(bytes));
    Validation validation;
    try {
      validation = PlanCheck.check(bytes, syntax, FixedSurroundings.USUAL);
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(what, e);
    }
    if (validation instanceof Validation.Refused refused) {
      assertThat(refused.problems()).as(what).isNotEmpty();
      for (PlanProblem problem : refused.problems()) {
        assertThat(problem.message()).as(what).isNotBlank();
        assertThat(problem.fix()).as(what).isNotBlank();
        assertThat(ProblemText.render(problem)).as(what).doesNotContain("com.fasterxml", "java.");
      }
    }
  }
}
