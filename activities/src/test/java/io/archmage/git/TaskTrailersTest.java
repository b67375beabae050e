package io.archmage.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskTrailersTest {
  @Test
  void shouldWriteSubjectAndTrailers() {
    TaskTrailers trailers = new TaskTrailers("run", "exec", "login", 2, "codex");

    assertThat(trailers.message("Add login\nwith more text"))
        .isEqualTo(
            """
                login: Add login

                Archmage-Run: run
                Archmage-Execution: exec
                Archmage-Task: login
                Archmage-Attempt: 2
                Archmage-Familiar: codex
                """);
  }

  @Test
  void shouldNotLetValuesAddLines() {
    TaskTrailers hostile =
        new TaskTrailers("r\nArchmage-Run: other", "e\r\n\r\n", "t\u2028x%0a", 1, "");
    String message = hostile.message("x\u0085Archmage-Task: other");

    assertThat(message.lines()).hasSize(7);
    assertThat(TaskTrailers.parse(message)).contains(hostile);
  }

  @Test
  void shouldReadOnlyCompleteTrailers() {
    assertThat(TaskTrailers.parse("subject\n\nArchmage-Run: r\n")).isEmpty();
    assertThat(TaskTrailers.parse("Archmage-Run: r")).isEmpty();
  }
}
