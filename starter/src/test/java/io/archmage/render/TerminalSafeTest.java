package io.archmage.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalSafeTest {

  @Test
  void shouldShowControlsAndKeepText() {
    assertThat(TerminalSafe.line("a\tb\nc\u001b[31mé漢👩‍💻"))
        .isEqualTo("a b c\\e[31mé漢👩‍💻");
    assertThat(TerminalSafe.block("a\r\nb\rc\u009b2J\u0000"))
        .isEqualTo("a\nb\\u000dc\\u009b2J\\u0000");
  }

  @Test
  void shouldCutByColumnsNotByCharacters() {
    assertThat(TerminalSafe.cut("漢字漢字", 5)).isEqualTo("漢字…");
    assertThat(TerminalSafe.cut("abc", 3)).isEqualTo("abc");
    assertThat(TerminalSafe.cut("abcd", 3)).isEqualTo("ab…");
    assertThat(TerminalSafe.cut("abcd", 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms", "999, 999 ms", "1000, 1.0 s", "59949, 59.9 s", "59950, 1m 00s", "185000, 3m 05s",
    "7620000, 2h 07m", "-5, 0 ms"
  })
  void shouldWriteDurationsForPeople(long millis, String text) {
    assertThat(Durations.ofMillis(millis)).isEqualTo(text);
  }
}
