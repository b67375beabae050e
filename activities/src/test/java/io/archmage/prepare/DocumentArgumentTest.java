package io.archmage.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.common.converter.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentArgumentTest extends PrepareFixture {

  private static final String YAML = "# a plan\ntasks:\n  - {id: A, familiar: codex}\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tasks\": [ ]}",
        "[1]",
        "7",
        "{\"tasks\": // no JSON\n",
        "{\"plan_ref\": 7}",
        "{\"plan_ref\": \"x\", \"tasks\": []}"
      })
  void shouldTakeJsonAsItIsWritten(String json) {
    assertThat(text(RawValues.json(json))).contains(json);
  }

  @Test
  void shouldTakeTheTextOfAJsonString() {
    String json = "\"" + YAML.replace("\n", "\\n") + "\"";

    assertThat(text(RawValues.json(json))).contains(YAML);
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary/plain", "text/yaml", ""})
  void shouldTakeOtherEncodingsAsTheyAre(String encoding) {
    assertThat(text(RawValues.of(encoding, YAML))).contains(YAML);
    assertThat(text(RawValues.of(encoding, "{\"plan_ref\": \"x\"}")))
        .contains("{\"plan_ref\": \"x\"}");
  }

  @Test
  void shouldHaveNoBytesWithoutAnArgument() {
    assertThat(text(null)).isEmpty();
    assertThat(text(RawValues.of("binary/null", ""))).isEmpty();
    assertThat(text(RawValues.json("null"))).isEmpty();
    assertThat(text(RawValues.json(""))).isEmpty();
  }

  @Test
  void shouldTakeTheBlobThatAReferenceNames() {
    String id = repository.objects().writeBlob(YAML.getBytes(StandardCharsets.UTF_8)).hex();

    assertThat(text(RawValues.json("{\"plan_ref\": \"" + id + "\"}"))).contains(YAML);
  }

  @Test
  void shouldHaveNoBytesWhereAReferenceNamesNoBlob() {
    for (String id : new String[] {"main", "", "0".repeat(40), "a".repeat(64), base.hex()}) {
      assertThat(text(RawValues.json("{\"plan_ref\": \"" + id + "\"}"))).as(id).isEmpty();
    }
  }

  private Optional<String> text(RawValue argument) {
    return DocumentArgument.bytes(argument, repository)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}
