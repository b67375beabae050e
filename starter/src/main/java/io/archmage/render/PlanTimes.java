package io.archmage.render;

import io.archmage.preview.PlanView;
import io.archmage.preview.PlanView.TaskView;
import io.archmage.report.Timeline;
import io.archmage.schedule.TaskStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The simulated times of a plan, as bars and as words. */
final class PlanTimes {

  private PlanTimes() {}

  /** The tasks in the order of their starts. */
  static List<TaskView> inOrderOfStart(PlanView view) {
    return view.tasks()
        .stream()
        .sorted(Comparator.comparingLong(TaskView::startMs).thenComparingInt(TaskView::order))
        .toList();
  }

  /** The first tasks by their start as a timeline, at most {@code most}. */
  static Timeline timeline(PlanView view, int most) {
    List<Timeline.Bar> bars =
        inOrderOfStart(view)
            .stream()
            .limit(most)
            .map(
                task -> new Timeline.Bar(
                    task.id(),
                    task.familiar(),
                    TaskStatus.SUCCEEDED,
                    task.readyMs(),
                    task.startMs(),
                    task.finishMs(),
                    null))
            .toList();
    return new Timeline(
        "plan", Instant.EPOCH, bars, view.makespanMs(), view.sequentialMs());
  }

  /** All tasks as bars of a picture. */
  static List<TimelineSvg.Bar> bars(PlanView view) {
    return inOrderOfStart(view)
        .stream()
        .map(
            task -> new TimelineSvg.Bar(
                task.id(),
                Durations.ofMillis(task.estimateMs()),
                TimelineSvg.Tone.PLANNED,
                task.readyMs(),
                task.startMs(),
                task.finishMs(),
                null))
        .toList();
  }
}
