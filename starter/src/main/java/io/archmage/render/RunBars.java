package io.archmage.render;

import io.archmage.report.Timeline;
import io.archmage.schedule.TaskStatus;
import java.util.List;

/** The timeline of a run as a picture. */
public final class RunBars {

  private RunBars() {}

  /** One SVG element, with the totals in its title. */
  public static String svg(Timeline timeline) {
    String totals =
        String.join(". ", Totals.lines(timeline.makespanMs(), timeline.sequentialMs()));
    return TimelineSvg.render(
        "Timeline of " + timeline.runId() + ". " + totals + ".",
        bars(timeline),
        timeline.makespanMs());
  }

  static List<TimelineSvg.Bar> bars(Timeline timeline) {
    return timeline.bars().stream().map(RunBars::bar).toList();
  }

  private static TimelineSvg.Bar bar(Timeline.Bar bar) {
    return new TimelineSvg.Bar(
        bar.task() + " (" + bar.familiar() + ")",
        bar.startMs() != null && bar.endMs() != null
            ? Durations.ofMillis(bar.endMs() - bar.startMs())
            : bar.status().key(),
        tone(bar.status()),
        bar.readyMs(),
        bar.startMs(),
        bar.endMs(),
        bar.integratedMs());
  }

  private static TimelineSvg.Tone tone(TaskStatus status) {
    return switch (status) {
      case SUCCEEDED -> TimelineSvg.Tone.SUCCEEDED;
      case FAILED -> TimelineSvg.Tone.FAILED;
      case RUNNING -> TimelineSvg.Tone.RUNNING;
      case SKIPPED, ROLLED_BACK, CANCELLED, WAITING, AWAITING_PERSON -> TimelineSvg.Tone.STOPPED;
      case BLOCKED, READY -> TimelineSvg.Tone.PLANNED;
    };
  }
}
