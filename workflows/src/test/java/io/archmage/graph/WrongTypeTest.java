package io.archmage.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.PlanProblem;
import io.archmage.plan.document.DocumentSyntax;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** For every key that the readers of plans know, a value of a wrong type is a problem. */
class WrongTypeTest {

  private static final String STRANGE = "qqqqqqqqqqqqqqqqqqqqqq";
  private static final Pattern KNOWN = Pattern.compile("Known keys: (.*)\\.");

  /** A list of a list is nothing that any key takes. */
  private static final String NEVER = "[[1]]";
  private static final List<String> VALUES =
      List.of(
          NEVER, "[]", "{}", "{a: 1}", "[{a: [1]}]", "[null]", "'a text'", "''", "0", "-1", "1.5",
          "1e400", "99999999999999999999", ".nan", "true", "null", "2026-01-02", "\"\\u001b[2J\"");

  /** Accepted without being read: bars of a drawn timeline. */
  private static final List<String> UNREAD = List.of("drawn_s");

  /** A mapping of every kind that a plan has; its own entries are at the marks. */
  private enum Place {
    DAG("", "#", "tasks: [{id: A, familiar: codex}]"), STAGED("", "#",
        "stages: [{tasks: [{id: A, familiar: codex}]}]"), PIPELINE("", "#",
            "steps: [{familiar: codex}]"), FAN_OUT("", "#", "split: {input: src}",
                "parallel_tasks: {familiar: codex}"), TASK("tasks:\n  -\n", "    #", "id: A",
                    "familiar: codex"), STEP("steps:\n  -\n", "    #", "familiar: codex"), STAGE(
                        "stages:\n  -\n", "    #",
                        "tasks: [{id: A, familiar: codex}]"), STAGED_TASK(
                            "stages:\n  - tasks:\n    -\n", "      #", "id: A",
                            "familiar: codex"), DEPENDENCY(
                                "tasks:\n  - {id: A, familiar: codex}\n  - id: B\n    familiar: codex\n    depends_on:\n"
                                    + "      -\n",
                                "        #",
                                "id: A"), SPLIT("parallel_tasks: {familiar: codex}\nsplit:\n",
                                    "  #",
                                    "input: src"), PART("split: {input: src}\nparallel_tasks:\n",
                                        "  #", "familiar: codex"), MERGE(
                                            "split: {input: src}\nparallel_tasks: {familiar: codex}\nmerge:\n",
                                            "  #"), MERGE_STRATEGY(
                                                "tasks: [{id: A, familiar: codex}]\nmerge_strategy:\n",
                                                "  #", "type: smart_merge"), RULES(
                                                    "tasks: [{id: A, familiar: codex}]\nresult_merge:\n  type: smart_merge\n  rules:\n",
                                                    "    #"), HANDLING(
                                                        "tasks: [{id: A, familiar: codex}]\nmerge_strategy:\n  type: smart_merge\n"
                                                            + "  conflict_handling:\n",
                                                        "    #");

    private final String before;
    private final String line;
    private final List<String> entries;

    Place(String before, String line, String... entries) {
      this.before = before;
      this.line = line;
      this.entries = List.of(entries);
    }

    /** A document with that entry first, instead of the one that has its key. */
    String with(String key, String value) {
      StringBuilder text = new StringBuilder(before);
      text.append(line.replace("#", key + ": " + value)).append('\n');
      entries.stream()
          .filter(entry -> !entry.startsWith(key + ":"))
          .forEach(entry -> text.append(line.replace("#", entry)).append('\n'));
      return text.toString();
    }

    int lineOfFirst() {
      return (int) before.chars().filter(c -> c == '\n').count() + 1;
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldNameTheLineOfAValueOfAWrongType() {
    return Stream.of(Place.values())
        .flatMap(
            place -> keys(place).stream()
                .filter(key -> !UNREAD.contains(key))
                .map(key -> DynamicTest.dynamicTest(place + " " + key, () -> refuse(place, key))));
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveAPlanOrProblemsWithTheirLine(Place place) {
    for (String key : keys(place)) {
      for (String value : VALUES) {
        String document = place.with(key, value);
        for (PlanProblem problem : problems(document)) {
          assertThat(problem.line()).as("%s%s", document, problem).isPositive();
          assertThat(problem.fix()).as("%s%s", document, problem).isNotBlank();
        }
      }
    }
  }

  private static void refuse(Place place, String key) {
    String document = place.with(key, NEVER);
    assertThat(problems(document))
        .as(document)
        .isNotEmpty()
        .anyMatch(problem -> problem.line() == place.lineOfFirst());
  }

  /** The keys that the reader of a mapping names when it meets one it does not know. */
  private static List<String> keys(Place place) {
    return problems(place.with(STRANGE, "1"))
        .stream()
        .filter(problem -> problem.code().equals("unknown_key"))
        .map(problem -> KNOWN.matcher(problem.fix()))
        .filter(Matcher::find)
        .map(known -> Arrays.asList(known.group(1).split(", ")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing is unknown in " + place));
  }

  private static List<PlanProblem> problems(String document) {
    try {
      Validation validation =
          PlanCheck.check(
              document.getBytes(StandardCharsets.UTF_8),
              DocumentSyntax.YAML,
              FixedSurroundings.USUAL);
      return Optional.of(validation)
          .filter(Validation.Refused.class::isInstance)
          .map(refused -> ((Validation.Refused) refused).problems())
          .orElse(List.of());
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(document, e);
    }
  }
}
