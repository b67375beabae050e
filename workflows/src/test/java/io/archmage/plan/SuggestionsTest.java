package io.archmage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "priorty, priority, 1",
    "ab, ba, 1",
    "'', abc, 3",
    "ca, abc, 3",
    "same, same, 0",
  })
  void shouldMeasureEdits(String one, String other, int expected) {
    assertThat(Suggestions.distance(one, other)).isEqualTo(expected);
    assertThat(Suggestions.distance(other, one)).isEqualTo(expected);
  }

  @Test
  void shouldSuggestOnlyWhatIsNear() {
    List<String> names = List.of("codex", "gemini", "a");

    assertThat(Suggestions.nearest("codx", names)).contains("codex");
    assertThat(Suggestions.nearest("CODEX", names)).contains("codex");
    assertThat(Suggestions.nearest("gmeini", names)).contains("gemini");
    assertThat(Suggestions.nearest("claude", names)).isEmpty();
    assertThat(Suggestions.nearest("b", names)).isEmpty();
    assertThat(Suggestions.nearest("", names)).isEmpty();
    assertThat(Suggestions.nearest("x".repeat(1_000_000), names)).isEmpty();
    assertThat(Suggestions.didYouMean("zzz", names, "Else.")).isEqualTo("Else.");
  }
}
