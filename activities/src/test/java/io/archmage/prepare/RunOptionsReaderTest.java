package io.archmage.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import io.archmage.contract.RunOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunOptionsReaderTest {

  private final RunOptionsReader reader = new RunOptionsReader();

  @Test
  void shouldHaveNoOptionsWithoutAnArgument() {
    assertThat(reader.read(null)).isEqualTo(RunOptions.NONE);
    assertThat(reader.problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "null", "{}", "{\"repository\": null, \"set\": null}"})
  void shouldHaveNoOptionsWhereNothingIsSaid(String text) {
    assertThat(reader.read(RawValues.json(text))).isEqualTo(RunOptions.NONE);
    assertThat(reader.problems()).isEmpty();
  }

  @Test
  void shouldReadEveryOption() {
    RunOptions options =
        reader.read(
            RawValues.json(
                """
                    {"repository": "/r", "target": "main", "merge_strategy": "squash",
                     "publish": "never", "max_parallel": 3, "set": {"a.b": 1}, "plan_name": "p.yaml"}
                    """));

    assertThat(reader.problems()).isEmpty();
    assertThat(options)
        .isEqualTo(
            new RunOptions(
                "/r", "main", "squash", "never", 3, Map.of("a.b", new IntNode(1)), "p.yaml"));
  }

  @Test
  void shouldSayEverythingThatIsWrongAtOnce() {
    RunOptions options =
        reader.read(
            RawValues.json(
                """
                    {"repositry": "/r", "zebra": 1, "target": 7, "merge_strategy": "octopus",
                     "publish": true, "max_parallel": 0, "set": [], "plan_name": " "}
                    """));

    assertThat(options).isEqualTo(RunOptions.NONE);
    assertThat(reader.problems())
        .isEqualTo(
            List.of(
                "unknown option \"repositry\" in argument 2. Did you mean \"repository\"?",
                "unknown option \"zebra\" in argument 2. Known: repository, target,"
                    + " merge_strategy, publish, max_parallel, set, plan_name, host.",
                "target in argument 2 must be a text",
                "merge_strategy in argument 2 must be one of regular, squash",
                "publish in argument 2 must be one of on_success, always, never",
                "plan_name in argument 2 must be a text",
                "max_parallel in argument 2 must be a whole number from 1 to 10000",
                "set in argument 2 must be an object of configuration keys and values"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "10001", "1.5", "\"3\"", "99999999999", "true"})
  void shouldRefuseAStrangeLimit(String value) {
    reader.read(RawValues.json("{\"max_parallel\": " + value + "}"));

    assertThat(reader.problems())
        .containsExactly("max_parallel in argument 2 must be a whole number from 1 to 10000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1] | argument 2 must be a JSON object with the options of the run",
        "7 | argument 2 must be a JSON object with the options of the run",
        "{} {} | argument 2 is not valid JSON: ",
        "{\"a\": | argument 2 is not valid JSON: "
      })
  void shouldRefuseWhatIsNoObject(String text, String beginning) {
    assertThat(reader.read(RawValues.json(text))).isEqualTo(RunOptions.NONE);
    assertThat(reader.problems()).hasSize(1);
    assertThat(reader.problems().getFirst()).startsWith(beginning);
  }
}
