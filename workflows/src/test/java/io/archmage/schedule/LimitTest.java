package io.archmage.schedule;

import static io.archmage.schedule.ModelBuilder.model;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What keeps runs from being shorter, and what one more of it changes. */
class LimitTest {

  private static List<Limit> limits(ModelBuilder builder) {
    ScheduleModel model = builder.build();
    return Limit.of(model, ScheduleSimulator.simulate(model).makespan());
  }

  private static Limit limit(
      Limit.Kind kind, String name, int amount, int bound, int withOneMore) {
    return new Limit(
        kind, name, amount, Duration.ofSeconds(bound), Duration.ofSeconds(withOneMore));
  }

  @Test
  void shouldNameTheChainWhereNothingElseCounts() {
    assertThat(
        limits(
            model().familiar("codex", 4)
                .maxParallel(4)
                .task("A")
                .seconds(4)
                .task("B")
                .seconds(4)
                .needs(0)
                .task("C")
                .seconds(4)))
        .containsExactly(
            limit(Limit.Kind.CHAIN, null, 0, 8, 8),
            limit(Limit.Kind.FAMILIAR, "codex", 4, 3, 8),
            limit(Limit.Kind.SLOTS, null, 4, 3, 8));
  }

  @Test
  void shouldTellWhatOneMoreInstanceSaves() {
    assertThat(
        limits(
            model().familiar("codex", 1)
                .familiar("gemini", 1)
                .maxParallel(3)
                .task("A")
                .seconds(6)
                .task("B")
                .seconds(6)
                .task("C")
                .by(1)
                .seconds(6)))
        .containsExactly(
            limit(Limit.Kind.FAMILIAR, "codex", 1, 12, 6),
            limit(Limit.Kind.CHAIN, null, 0, 6, 12),
            limit(Limit.Kind.FAMILIAR, "gemini", 1, 6, 12),
            limit(Limit.Kind.SLOTS, null, 3, 6, 12));
  }

  @Test
  void shouldTellWhatOneMoreSlotAndOneMoreOfAResourceSave() {
    assertThat(
        limits(
            model().familiar("codex", 9)
                .maxParallel(1)
                .task("A")
                .seconds(2)
                .task("B")
                .seconds(2))
            .getFirst())
        .isEqualTo(limit(Limit.Kind.SLOTS, null, 1, 4, 2));
    assertThat(
        limits(
            model().familiar("codex", 9)
                .maxParallel(9)
                .resource("gpu", 3)
                .task("A")
                .seconds(6)
                .demands(0, 2)
                .task("B")
                .seconds(6)
                .demands(0, 2))
            .getFirst())
        .isEqualTo(limit(Limit.Kind.RESOURCE, "gpu", 3, 8, 6));
  }

  @Test
  void shouldNotTryWhatMoreWouldChangeInALargePlan() {
    ModelBuilder large = model().familiar("codex", 9).maxParallel(9);
    for (int task = 0; task < 2_001; task++) {
      large.task("T" + task);
    }

    assertThat(limits(large).getFirst())
        .isEqualTo(
            new Limit(
                Limit.Kind.FAMILIAR, "codex", 9, Duration.ofSeconds(2_001).dividedBy(9), null));
  }
}
