package io.archmage.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.graph.Edge;
import io.archmage.graph.EdgeReason;
import io.archmage.plan.DependencyType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small plans whose shortest schedules are known, each without and with a barrier. */
class WorkedExamplesTest {

  @ParameterizedTest
  @MethodSource("examples")
  void shouldReachTheOptimum(Example example) {
    ScheduleModel model = example.model(false);
    assertThat(ScheduleSimulator.simulate(model).makespan()).isEqualTo(example.time("optimum"));
    assertThat(LowerBound.of(model, example.runTimes()).value().toMillis())
        .isCloseTo(example.time("lower_bound").toMillis(), within(10));
    assertThat(CriticalPath.of(model, example.runTimes()).length())
        .isEqualTo(example.time("critical_path"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldTakeAsLongAsStagesDoWithABarrier(Example example) {
    ScheduleModel model = example.model(true);
    Simulation simulation = ScheduleSimulator.simulate(model);
    assertThat(simulation.makespan()).isEqualTo(example.time("batch_barrier"));
    assertThat(LowerBound.barrierBound(model, example.runTimes()))
        .isLessThanOrEqualTo(simulation.makespan());
  }

  static Stream<Example> examples() throws IOException {
    try (InputStream json =
        Objects.requireNonNull(WorkedExamplesTest.class.getResourceAsStream("makespans.json"))) {
      JsonNode rows = new ObjectMapper().readTree(json);
      return StreamSupport.stream(rows.spliterator(), false).map(Example::new).toList().stream();
    }
  }

  private static Offset<Long> within(long millis) {
    return Offset.offset(millis);
  }

  /** One row; a unit of time is a second here. */
  record Example(JsonNode row) {

    ScheduleModel model(boolean barrier) {
      List<String> ids = ids();
      List<Edge> edges = new ArrayList<>();
      for (int task = 0; task < ids.size(); task++) {
        for (int need : needs(task)) {
          edges.add(new Edge(need, task, DependencyType.HARD, EdgeReason.DECLARED, null));
        }
      }
      List<Duration> runTimes = runTimes();
      List<Integer> order =
          DispatchOrder.of(Collections.nCopies(ids.size(), 100), runTimes, edges);
      List<ScheduledTask> tasks = new ArrayList<>();
      for (int task = 0; task < ids.size(); task++) {
        tasks.add(
            new ScheduledTask(
                ids.get(task),
                familiar(task),
                needs(task),
                List.of(),
                stage(ids.get(task)),
                order.get(task),
                runTimes.get(task)));
      }
      return new ScheduleModel(tasks, familiars(), maxParallel(), barrier, RetryRule.DEFAULT);
    }

    List<Duration> runTimes() {
      return ids().stream().map(id -> duration(row.get("durations").get(id))).toList();
    }

    Duration time(String field) {
      return duration(row.get(field));
    }

    @Override
    public String toString() {
      return row.get("id").asText() + " " + row.get("name").asText() + ", slots "
          + row.get("slots").asText();
    }

    private List<String> ids() {
      List<String> ids = new ArrayList<>();
      row.get("durations").fieldNames().forEachRemaining(ids::add);
      return ids;
    }

    private List<Integer> needs(int task) {
      List<String> ids = ids();
      List<Integer> needs = new ArrayList<>();
      row.get("deps").path(ids.get(task)).forEach(id -> needs.add(ids.indexOf(id.asText())));
      Collections.sort(needs);
      return needs;
    }

    private int stage(String id) {
      int stage = 0;
      for (JsonNode batch : row.get("batches")) {
        for (JsonNode member : batch) {
          if (member.asText().equals(id)) {
            return stage;
          }
        }
        stage++;
      }
      throw new AssertionError(id + " is in no batch");
    }

    /** In one example a familiar's three instances are scarcer than the four slots. */
    private boolean capped() {
      return row.get("id").asText().equals("M0-10");
    }

    private int familiar(int task) {
      return capped() ? 0 : task;
    }

    private List<FamiliarCap> familiars() {
      return capped()
          ? List.of(new FamiliarCap("codex", 3))
          : ids().stream().map(id -> new FamiliarCap(id, ids().size())).toList();
    }

    private int maxParallel() {
      if (capped()) {
        return 4;
      }
      JsonNode slots = row.get("slots");
      return slots.isInt() ? slots.asInt() : ids().size();
    }

    private static Duration duration(JsonNode units) {
      return Duration.ofMillis(Math.round(units.asDouble() * 1000));
    }
  }
}
