package io.archmage.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.contract.Published;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.archmage.schedule.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTextTest {

  @Test
  void shouldShowTasksBranchPublicationAndTimes() {
    String text =
        ReportText.render(
            Reports.report(
                RunStatus.COMPLETED,
                Reports.published(),
                Reports.succeeded("UI", "stitch", 0, 1_200),
                Reports.succeeded("BE", "codex", 0, 2_000)),
            Style.PLAIN,
            100);

    assertThat(text)
        .isEqualTo(
            """
                demo-1  completed  2 of 2 tasks succeeded

                TASK  FAMILIAR  STATUS     TRIES  TIME   MERGE    FILES
                UI    stitch    succeeded  1      1.2 s  textual  src/UI.txt
                BE    codex     succeeded  1      2.0 s  textual  src/BE.txt

                Branch     archmage/demo-1 at 0123456789
                Published  main at 0123456789 (fast_forward)
                Time       4.2 s; one after another 6.1 s; speedup 1.46; no schedule takes less than 4.1 s
                Cost       $0.2500; 1200 tokens read, 340 written
                Metrics    active_tasks 0, queue_depth 0, slot_utilization 50.0 %, avg_wait_time 3 ms
                           parallel_speedup_ratio 1.46, task_completion_time p50 1 ms p95 2 ms max 3 ms, merge_time 5 ms
                           failure_rate 0.0 %, retry_count 0, rollback_count 0
                Note       uncommitted changes are not in the base
                """);
  }

  @Test
  void shouldExplainWhatWentWrongWithTheEndOfItsOutput() {
    String text =
        ReportText.render(
            Reports.report(
                RunStatus.FAILED,
                null,
                Reports.task("A", "codex", TaskStatus.FAILED, 3, "exit code 1", "one\ntwo\n"),
                Reports.task("B", "codex", TaskStatus.SKIPPED, 0, "needs A, which failed", null)),
            Style.PLAIN,
            100);

    assertThat(text)
        .contains(
            """
                TASK  FAMILIAR  STATUS   TRIES  TIME  MERGE  FILES
                A     codex     failed   3
                B     codex     skipped  0

                A failed: exit code 1
                  | one
                  | two

                B skipped: needs A, which failed

                Branch     archmage/demo-1 at 0123456789
                Published  no
                """);
  }

  @Test
  void shouldSayWhyTheResultWasLeftAndWhatToType() {
    Published left =
        new Published(
            "main", "0123456789abcdef", "left", "main has local changes",
            "archmage publish demo-1");

    String text = ReportText.render(Reports.report(RunStatus.COMPLETED, left), Style.PLAIN, 100);

    assertThat(text)
        .contains(
            """
                Published  not to main: main has local changes
                           archmage publish demo-1
                """);
  }

  @Test
  void shouldShowTheBeginningOfTheOutput() {
    String output = "yes\n" + "because\n".repeat(10);
    RunReport report =
        Reports.report(
            RunStatus.COMPLETED,
            Reports.published(),
            output,
            List.of(Reports.succeeded("UI", "stitch", 0, 1_200)));

    assertThat(ReportText.render(report, Style.PLAIN, 100))
        .contains("\nOutput     yes\n" + "           because\n".repeat(9) + "           …\nNote  ");
  }

  @Test
  void shouldNotLetOutputsControlTheTerminal() {
    String evil = "\u001b]0;owned\u0007\u001b[2Jx\u202e";

    String text =
        ReportText.render(
            Reports.report(
                RunStatus.FAILED,
                null,
                Reports.task("A" + evil, "codex", TaskStatus.FAILED, 1, evil, evil)),
            Style.PLAIN,
            200);

    assertThat(text.codePoints().filter(c -> c != '\n' && Character.isISOControl(c))).isEmpty();
    assertThat(text).contains("\\e]0;owned\\u0007\\e[2Jx\\u202e").doesNotContain("\u202e");
  }
}
