package io.archmage.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.report.RunEvent;
import io.archmage.report.RunStatus;
import io.archmage.report.TaskReport;
import io.archmage.schedule.TaskStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressViewTest {

  @Test
  void shouldShowRunningTasksAndWhyOthersWait() {
    List<String> lines =
        ProgressView.lines(
            Reports.page(
                RunStatus.RUNNING,
                List.of(),
                Reports.succeeded("UI", "stitch", 0, 1_200),
                Reports.task("BE", "codex", TaskStatus.RUNNING, 2, null, null),
                Reports.task("FE", "codex", TaskStatus.BLOCKED, 0, "needs BE, which runs", null)),
            Reports.START.plusSeconds(63),
            Style.PLAIN,
            100);

    assertThat(lines)
        .containsExactly(
            "demo-1  01:03  running  3 tasks: 1 blocked, 1 running, 1 succeeded",
            "  > BE  codex  1m 03s  attempt 2  do BE",
            "  . FE  blocked: needs BE, which runs");
  }

  @Test
  void shouldStaySmallAndWithinTheWidth() {
    TaskReport[] tasks =
        IntStream.range(0, 100)
            .mapToObj(
                n -> Reports.task(
                    "a-task-with-a-long-name-" + n,
                    "codex",
                    n < 50 ? TaskStatus.RUNNING : TaskStatus.READY,
                    1,
                    "all 50 slots are taken by tasks that were ready before",
                    null))
            .toArray(TaskReport[]::new);

    List<String> lines =
        ProgressView.lines(
            Reports.page(RunStatus.RUNNING, List.of(), tasks), Reports.START, Style.PLAIN, 40);

    assertThat(lines)
        .hasSize(1 + 8 + 1 + 4 + 1)
        .contains("  and 42 more running", "  and 46 more waiting")
        .allSatisfy(line -> assertThat(DisplayWidth.of(line)).isLessThanOrEqualTo(40));
  }

  @Test
  void shouldRepaintOnlyItsOwnLines() {
    StringWriter screen = new StringWriter();
    BlockPainter painter = new BlockPainter(new PrintWriter(screen));

    painter.paint(List.of(), List.of("a", "b"));
    painter.paint(List.of("done"), List.of("c"));
    painter.clear();

    assertThat(screen.toString()).isEqualTo("a\nb\n\u001b[2F\u001b[Jdone\nc\n\u001b[1F\u001b[J");
  }

  @Test
  void shouldShowAnEventOnOneLine() {
    RunEvent event = new RunEvent(Reports.START, "task_failed", "A", "exit code 1\nsecond line");

    assertThat(EventText.line(event, ZoneOffset.UTC))
        .isEqualTo("03:04:05 task_failed A: exit code 1 second line");
  }
}
