package io.archmage.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.report.Timeline;
import io.archmage.schedule.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineAsciiTest {

  @Test
  void shouldDrawWaitingRunningAndMerging() {
    Timeline timeline =
        new Timeline(
            "demo-1",
            Reports.START,
            List.of(
                new Timeline.Bar("UI", "stitch", TaskStatus.SUCCEEDED, 0L, 0L, 2_000L, 3_000L),
                new Timeline.Bar("BE", "codex", TaskStatus.FAILED, 0L, 1_000L, 4_000L, null),
                new Timeline.Bar("FE", "codex", TaskStatus.RUNNING, 3_000L, 3_000L, null, null),
                new Timeline.Bar("QA", "gemini", TaskStatus.BLOCKED, null, null, null, null)),
            4_000,
            6_000);

    assertThat(TimelineAscii.render(timeline, Style.PLAIN, 63))
        .isEqualTo(
            """
                             0                   2.0 s          4.0 s
                UI (stitch)  ====================+++++++++++           2.0 s
                BE (codex)   ..........=============================x  3.0 s
                FE (codex)                                 ==========  running
                QA (gemini)                                            blocked

                Total: 4s (Sequential would be: 6s)
                Speedup: 33% (1.50x)
                """);
  }

  @Test
  void shouldDrawAnEmptyTimeline() {
    Timeline timeline = new Timeline("demo-1", Reports.START, List.of(), 0, 0);

    assertThat(TimelineAscii.render(timeline, Style.PLAIN, 40))
        .contains("Total: 0s (Sequential would be: 0s)");
  }

  @Test
  void shouldHaveATickEveryTenSecondsWhereThereIsRoom() {
    Timeline timeline =
        new Timeline(
            "demo-1",
            Reports.START,
            List.of(new Timeline.Bar("A", "x", TaskStatus.SUCCEEDED, 0L, 0L, 80_000L, 80_000L)),
            80_000,
            80_000);

    assertThat(TimelineAscii.render(timeline, Style.PLAIN, 120).lines().findFirst().orElseThrow())
        .matches(" +0 +10.0 s +20.0 s +30.0 s +40.0 s +50.0 s +1m 00s +1m 10s +1m 20s");
  }
}
