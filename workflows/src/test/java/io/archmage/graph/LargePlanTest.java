package io.archmage.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LargePlanTest {

  private static final int TASKS = 10_000;

  @Test
  void shouldValidateTenThousandTasksWithPlainFiles() {
    TaskGraph graph =
        Graphs.of(
            plan(
                i -> "\"outputs\": [\"src/m%d/a.ts\", \"src/m%d/b%d.ts\"], \"depends_on\": [%s]"
                    .formatted(
                        i / 2, i % 100, i, i < 100 ? "" : "\"t" + (i - 100) + "\"")));

    assertThat(graph.order()).hasSize(TASKS);
    assertThat(graph.conflicts()).hasSize(TASKS / 2);
    assertThat(graph.reachability().leads(0, 9_900)).isTrue();
  }

  @Test
  void shouldSerializeTenThousandTasksThatShareEverything() {
    TaskGraph graph = Graphs.of(plan(i -> "\"outputs\": [\"src/**\"]"));

    assertThat(graph.edges()).hasSize(TASKS - 1);
    assertThat(graph.batches()).hasSize(TASKS);
    assertThat(graph.conflicts()).hasSize(1);
  }

  @Test
  void shouldHandleManyGlobsAgainstManyFiles() {
    TaskGraph graph =
        Graphs.of(
            plan(
                i -> i % 2 == 0
                    ? "\"outputs\": [\"src/m%d/**/*.ts\"]".formatted(i)
                    : "\"outputs\": [\"src/m%d/x/a.ts\"]".formatted(i - 1)));

    assertThat(graph.conflicts()).hasSize(TASKS / 2);
    assertThat(graph.edges()).hasSize(TASKS / 2);
  }

  @Test
  void shouldFindALongCycleAndLongChainsWithoutRecursion() {
    String chain = plan(i -> i == 0 ? "" : "\"depends_on\": [\"t%d\"]".formatted(i - 1));
    assertThat(Graphs.of(chain).criticalPath().tasks()).hasSize(TASKS);

    String cycle =
        plan(i -> "\"depends_on\": [\"t%d\"]".formatted(i == 0 ? TASKS - 1 : i - 1));
    assertThat(Graphs.problems(cycle)).hasSize(1);
  }

  private static String plan(IntFunction<String> keys) {
    return IntStream.range(0, TASKS)
        .mapToObj(
            i -> {
              String more = keys.apply(i);
              return "{\"id\": \"t%d\", \"familiar\": \"codex\"%s}"
                  .formatted(i, more.isEmpty() ? "" : ", " + more);
            })
        .collect(Collectors.joining(",\n", "{\"tasks\": [\n", "]}"));
  }
}
