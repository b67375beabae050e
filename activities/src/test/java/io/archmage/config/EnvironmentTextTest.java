package io.archmage.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTextTest {

  private static final Map<String, String> WORKER =
      Map.of("A", "1", "B_2", "two", "LOOP", "${env:A}", "PATTERN", "$0\\E");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain | plain",
        "${env:A} | 1",
        "<${env:A}-${env:B_2}-${env:A}> | <1-two-1>",
        "[${env:MISSING}] | []",
        "${env:LOOP} | ${env:A}",
        "${env:PATTERN} | $0\\E",
        "${A} $A ${env:} ${env:1X} ${env:A | ${A} $A ${env:} ${env:1X} ${env:A"
      })
  void shouldFillReferencesOnce(String text, String expected) {
    assertThat(EnvironmentText.fill(text, WORKER)).isEqualTo(expected);
  }

  @Test
  void shouldNameReferencesInOrder() {
    assertThat(EnvironmentText.names("${env:B} ${env:A} ${env:B} ${C}"))
        .containsExactly("B", "A", "B");
  }
}
