package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.report.RunStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {

  @ParameterizedTest
  @CsvSource({
    "COMPLETED, 0", "PARTIAL, 1", "FAILED, 1", "ROLLED_BACK, 1", "CANCELLED, 1"
  })
  void shouldTellHowARunEnded(RunStatus status, int code) {
    assertThat(RunFlow.exitCode(status).code()).isEqualTo(code);
  }
}
