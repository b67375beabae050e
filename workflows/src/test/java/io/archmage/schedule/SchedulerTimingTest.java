package io.archmage.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it measures time")
class SchedulerTimingTest {
  private static final int TASKS = 10_000;

  @Test
  void shouldDecideInUnderAMillisecondWithTenThousandReadyTasks() {
    check(new ScheduleModel(tasks(), familiars(), 10, false, RetryRule.DEFAULT));
  }

  @Test
  void shouldDecideAsFastWithLimitsOverTime() {
    TreeMap<Integer, Rate> rates = new TreeMap<>();
    IntStream.range(0, 4).forEach(i -> rates.put(i, new Rate(TASKS, RateUnit.HOUR)));
    check(
        new ScheduleModel(
            tasks(),
            familiars(),
            10,
            false,
            RetryRule.DEFAULT,
            new RateLimits(rates, 100 * TASKS, 1_000_000_000L),
            false,
            PersonRule.NEVER,
            RollbackRule.NONE,
            List.of()));
  }

  private static void check(ScheduleModel model) {
    playAll(model);
    List<Long> nanos = playAll(model).stream().sorted().toList();
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
  private static List<Long> playAll(ScheduleModel model) {
    Instant now = Play.START;
    ScheduleState state = ScheduleState.initial(model);
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
          now = now.plusMillis(1);
          events.add(new SchedulerEvent.AttemptUsed(dispatch.task(), null, 2, 1, now));
          events.add(new SchedulerEvent.AttemptSucceeded(dispatch.task(), now));
        } else if (decision instanceof Decision.Integrate integrate) {
          events.add(new SchedulerEvent.Integrated(integrate.task(), now));
        }
      }
    }
    assertThat(state.count(TaskStatus.SUCCEEDED)).isEqualTo(TASKS);
    return nanos;
  }

  private static List<ScheduledTask> tasks() {
    return IntStream.range(0, TASKS)
        .mapToObj(
            i -> new ScheduledTask(
                "t" + i, i % 4, List.of(), List.of(), 0, i, Duration.ofSeconds(1)))
        .toList();
  }

  private static List<FamiliarCap> familiars() {
    return IntStream.range(0, 4).mapToObj(i -> new FamiliarCap("f" + i, 3)).toList();
  }
}
