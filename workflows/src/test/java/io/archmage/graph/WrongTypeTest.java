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
import org.junit.jupiter.params.provider.FieldSource;

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

  private static final String ONE = "{id: A, familiar: codex}";
  private static final String TASKS = "tasks: [" + ONE + "]";
  private static final String PART = "parallel_tasks: {familiar: codex}";
  private static final String SPLIT = "split: {input: src}";

  /** A mapping of every kind that a plan has. */
  private static final List<Place> PLACES =
      List.of(
          place("dag", "", TASKS),
          place("staged", "", "stages: [{" + TASKS + "}]"),
          place("pipeline", "", "steps: [{familiar: codex}]"),
          place("fan-out", "", SPLIT, PART),
          place("task", "tasks:\n  -\n", "    id: A", "    familiar: codex"),
          place("step", "steps:\n  -\n", "    familiar: codex"),
          place("stage", "stages:\n  -\n", "    " + TASKS),
          place(
              "staged task", "stages:\n  - tasks:\n    -\n", "      id: A",
              "      familiar: codex"),
          place(
              "dependency",
              "tasks:\n  - " + ONE + "\n  - id: B\n    familiar: codex\n    depends_on:\n      -\n",
              "        id: A"),
          place("split", PART + "\nsplit:\n", "  input: src"),
          place("part", SPLIT + "\nparallel_tasks:\n", "  familiar: codex"),
          place("merge", SPLIT + "\n" + PART + "\nmerge:\n", "  strategy: collect_changes"),
          place("strategy", TASKS + "\nmerge_strategy:\n", "  type: smart_merge"),
          place(
              "rules",
              TASKS + "\nresult_merge:\n  type: smart_merge\n  rules:\n",
              "    imports: union"),
          place(
              "handling",
              TASKS + "\nmerge_strategy:\n  type: smart_merge\n  conflict_handling:\n",
              "    auto_resolvable: apply"));

  private static Place place(String name, String before, String... entries) {
    return new Place(name, before, List.of(entries));
  }

  /** The mapping that begins with the line after that text and has those entries. */
  record Place(String name, String before, List<String> entries) {

    String indent() {
      String first = entries.getFirst();
      return first.substring(0, first.length() - first.stripLeading().length());
    }

    /** A document with that entry first, instead of the one that has its key. */
    String with(String key, String value) {
      StringBuilder text = new StringBuilder(before);
      text.append(indent()).append(key).append(": ").append(value).append('\n');
      entries.stream()
          .filter(entry -> !entry.startsWith(indent() + key + ":"))
          .forEach(entry -> text.append(entry).append('\n'));
      return text.toString();
    }

    int lineOfFirst() {
      return (int) before.chars().filter(c -> c == '\n').count() + 1;
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldNameTheLineOfAValueOfAWrongType() {
    return PLACES.stream()
        .flatMap(
            place -> keys(place).stream()
                .filter(key -> !UNREAD.contains(key))
                .map(key -> DynamicTest.dynamicTest(place.name() + " " + key,
                    () -> refuse(place, key))));
  }

  @ParameterizedTest
  @FieldSource("PLACES")
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
