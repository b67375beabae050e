package io.archmage.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.report.RunStatus;
import io.archmage.report.StatusPage;
import io.archmage.schedule.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTextTest {

  private static final Instant NOW = Reports.START.plusMillis(2_500);

  private final StatusPage page =
      Reports.page(
          RunStatus.RUNNING,
          List.of(),
          Reports.succeeded("UI", "stitch", 0, 1_200),
          Reports.task("BE", "codex", TaskStatus.RUNNING, 2, null, null),
          Reports.task("FE", "codex", TaskStatus.BLOCKED, 0, "needs BE, which runs", null));

  @Test
  void shouldShowEachTaskWithWhyItWaits() {
    assertThat(StatusText.render(page, NOW, Style.PLAIN, 100))
        .isEqualTo(
            """
                demo-1  running  staged_parallel  started 2.5 s ago
                3 tasks: 1 blocked, 1 running, 1 succeeded
                branch archmage/demo-1 at 0123456789 in /home/ada/shop

                TASK  FAMILIAR  STATUS     TRIES  TIME   WHY
                UI    stitch    succeeded  1      1.2 s
                BE    codex     running    2      2.5 s
                FE    codex     blocked    0             needs BE, which runs
                """);
  }

  @Test
  void shouldCutTheLastColumnToTheWidth() {
    assertThat(StatusText.render(page, NOW, Style.PLAIN, 55).lines())
        .last()
        .isEqualTo("FE    codex     blocked    0             needs BE, whi…");
  }

  @Test
  void shouldColourOnlyWhereAsked() {
    assertThat(StatusText.render(page, NOW, new Style(true), 100)).contains("\u001b[32msucceeded");
    assertThat(StatusText.render(page, NOW, Style.PLAIN, 100)).doesNotContain("\u001b");
  }
}
