package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class RunIdsTest {

  private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 2, 3, 4, 5);

  @Test
  void shouldNameARunAfterItsPlanAndTheTime() {
    assertThat(RunIds.fresh("My Plan!", NOW, 0xabc1def)).isEqualTo("my-plan--20260102-030405-1def");
    assertThat(RunIds.fresh("../..", NOW, 1)).isEqualTo("plan-20260102-030405-0001");
    assertThat(RunIds.fresh("x".repeat(500), NOW, 1)).hasSize(60 + 21);
  }

  @Test
  void shouldQuoteWordsForTheShell() {
    assertThat(Shell.word("a-1")).isEqualTo("a-1");
    assertThat(Shell.word("it's $HOME")).isEqualTo("'it'\\''s $HOME'");
    assertThat(Shell.word("")).isEqualTo("''");
  }
}
