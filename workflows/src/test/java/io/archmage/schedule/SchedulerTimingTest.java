package io.archmage.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchedulerTimingTest {
  private static final int TASKS = 10_000;

  @Test
  void shouldDecideInUnderAMillisecondWithTenThousandReadyTasks() {
    playAll();
    List<Long> nanos = playAll().stream().sorted().toList();
    long median = nanos.get(nanos.size() / 2);
    System.out.println(
        "decision with %d tasks: median %d µs, p99 %d µs, longest %d µs"
            .formatted(
                TASKS,
                median / 1000,
                nanos.get(nanos.size() * 99 / 100) / 1000,
                nanos.getLast() / 1000));
    assertThat(Duration.ofNanos(median)).isLessThan(Duration.ofMillis(1));
  }

  /** Runs all tasks and returns how long each decision took. */
  private static List<Long> playAll() {
    List<ScheduledTask> tasks =
        IntStream.range(0, TASKS)
            .mapToObj(
                i -> new ScheduledTask(
                    "t" + i, i % 4, List.of(), List.of(), 0, i, Duration.ofSeconds(1)))
            .toList();
    List<FamiliarCap> familiars =
        IntStream.range(0, 4).mapToObj(i -> new FamiliarCap("f" + i, 3)).toList();
    ScheduleState state =
        ScheduleState.initial(
            new ScheduleModel(tasks, familiars, 10, false, RetryRule.DEFAULT));
    ArrayDeque<SchedulerEvent> events = new ArrayDeque<>();
    events.add(new SchedulerEvent.RunStarted(Play.START));
    List<Long> nanos = new ArrayList<>();
    while (!events.isEmpty()) {
      SchedulerEvent event = events.remove();
      long begin = System.nanoTime();
      Transition transition = Scheduler.next(state, event);
      nanos.add(System.nanoTime() - begin);
      state = transition.state();
      for (Decision decision : transition.decisions()) {
        if (decision instanceof Decision.Dispatch dispatch) {
          events.add(new SchedulerEvent.AttemptSucceeded(dispatch.task(), Play.START));
        } else if (decision instanceof Decision.Integrate integrate) {
          events.add(new SchedulerEvent.Integrated(integrate.task(), Play.START));
        }
      }
    }
    assertThat(state.count(TaskStatus.SUCCEEDED)).isEqualTo(TASKS);
    return nanos;
  }
}
