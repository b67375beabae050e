package io.archmage.plan.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.PlanProblem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingReaderTest {

  private final ProblemCollector problems = new ProblemCollector();

  @Test
  void shouldReadEveryType() {
    MappingReader keys =
        reader(
            """
                text: hello
                number: 7
                flag: true
                wait: 5m
                one: a
                many: [a, b]
                nested: {inner: 1}
                mode: slow
                empty:
                _note: x
                printed_result: y
                """);

    assertThat(keys.text(Key.of("text"))).contains("hello");
    assertThat(keys.integer(Key.of("number"), 1, 10)).hasValue(7);
    assertThat(keys.bool(Key.of("flag"))).contains(true);
    assertThat(keys.duration(Key.of("wait"), BareNumber.REFUSED, Duration.ZERO))
        .contains(Duration.ofMinutes(5));
    assertThat(keys.texts(Key.of("one"))).containsExactly("a");
    assertThat(keys.texts(Key.of("many"))).containsExactly("a", "b");
    assertThat(keys.choice(Key.of("mode"), List.of("fast", "slow"))).contains("slow");
    assertThat(keys.text(Key.of("empty"))).isEmpty();
    MappingReader nested = keys.mapping(Key.of("nested"), null).orElseThrow();
    assertThat(nested.integer(Key.of("inner"), 0, 1)).hasValue(1);
    nested.finish();
    keys.finish();
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void shouldCollectAllProblemsInOrder() {
    MappingReader keys = reader("text: 1\nnumber: x\nflag: 0\nfree: {}\nlist: {}\n");
    keys.bool(Key.of("flag"));
    keys.integer(Key.of("number"), 0, 1);
    keys.text(Key.of("text"));
    keys.items(Key.of("list"));
    keys.requiredText(Key.of("must"));
    keys.finish();

    assertThat(problems.list())
        .extracting(PlanProblem::message)
        .containsExactly(
            "\"must\" of the test is missing",
            "\"text\" of the test is the number 1, expected text",
            "\"number\" of the test is the text \"x\", expected a whole number",
            "\"flag\" of the test is the number 0, expected true or false",
            "unknown key \"free\" of the test",
            "\"list\" of the test is a mapping, expected a list");
  }

  @Test
  void shouldReadFreeKeysAndAliases() {
    MappingReader keys = reader("b: 1\nc: 2\n");

    assertThat(keys.entries(Key.of("a", "b", "c"))).hasSize(2);
    assertThat(keys.entry(Key.of("a", "c"))).map(Mapping.Entry::key).contains("c");
    assertThat(keys.freeEntries()).extracting(Mapping.Entry::key).containsExactly("b", "c");
    keys.finish();
    assertThat(problems.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, REFUSED, PT0.5S", "30s, REFUSED, PT30S", "7d, REFUSED, PT168H", "0s, REFUSED, PT0S",
    "30, REFUSED,", "5000, MILLISECONDS, PT5S", "2h, MILLISECONDS, PT2H", "1.5, SECONDS, PT1.5S",
    "30, MINUTES, PT30M", "30s, SECONDS,", "-1, MILLISECONDS,", "367d, REFUSED,",
    "999999999999d, REFUSED,", "1e999999999, SECONDS,", "1e-999999999, SECONDS,", ".inf, SECONDS,",
    "true, SECONDS,", "[], REFUSED,", "1 s, REFUSED,", "'', REFUSED,",
    "99999999999999999s, REFUSED,"
  })
  void shouldReadDurations(String text, BareNumber bare, Duration expected) {
    MappingReader keys = reader("wait: " + text);

    assertThat(keys.duration(Key.of("wait"), bare, Duration.ZERO))
        .isEqualTo(Optional.ofNullable(expected));
    assertThat(problems.isEmpty()).isEqualTo(expected != null || text.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"PT0.5S, 500ms", "PT30S, 30s", "PT5M, 5m", "PT2H, 2h", "PT168H, 7d", "PT0S, 0s"})
  void shouldWriteDurations(Duration duration, String text) {
    assertThat(DurationText.format(duration)).isEqualTo(text);
    assertThat(DurationText.parse(text)).contains(duration);
  }

  private MappingReader reader(String yaml) {
    DocumentReading reading = DocumentReader.read(yaml, DocumentSyntax.YAML);
    Mapping root = ((DocumentReading.Parsed) reading).root();
    return new MappingReader(root, "the test", problems, null);
  }
}
