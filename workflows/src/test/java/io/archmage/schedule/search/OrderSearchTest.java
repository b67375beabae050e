package io.archmage.schedule.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The search against the plain trying of every list, on small random projects. */
class OrderSearchTest {

  private static final long LIMIT = 200_000;

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldFindTheShortestSchedule(long seed) {
    Small small = Small.of(seed);
    Project project = small.project();

    OrderSearch.Found found = OrderSearch.search(project, project.topological(), LIMIT);

    assertThat(found.makespan()).isEqualTo(small.optimum());
    assertThat(found.bound()).isLessThanOrEqualTo(small.optimum());
    small.mustHold(found.starts(), found.makespan());
  }

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @Test
  void shouldFindTheSameAgain() {
    Project project = Small.of(7).project();

    assertThat(OrderSearch.search(project, project.topological(), LIMIT).starts())
        .containsExactly(OrderSearch.search(project, project.topological(), LIMIT).starts());
  }

  @Test
  void shouldStopAtItsLimit() {
    Project project = hard();

    OrderSearch.Found found = OrderSearch.search(project, project.topological(), 50_000);

    assertThat(found.makespan()).isGreaterThan(found.bound());
    assertThat(found.work()).isBetween(50_000L, 60_000L);
  }

  @Test
  void shouldStopAtTheBound() {
    Project free =
        Project.of(
            new long[] {2, 3}, new int[][] {{}, {0}}, new int[][] {{}, {}}, new int[0],
            new int[2]);

    OrderSearch.Found found = OrderSearch.search(free, free.topological(), LIMIT);

    assertThat(found.makespan()).isEqualTo(5);
    assertThat(found.schedules()).isLessThanOrEqualTo(3);
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    assertThatThrownBy(
        () -> Project.of(
            new long[] {1}, new int[][] {{}}, new int[][] {{0, 2}}, new int[] {1}, new int[1]))
        .hasMessage("task 0 needs 2 of resource 0, which has 1");
    assertThatThrownBy(
        () -> Project.of(
            new long[] {1, 1}, new int[][] {{1}, {0}}, new int[][] {{}, {}}, new int[0],
            new int[2]))
        .hasMessage("the tasks wait for each other in a cycle");
  }

  /** Three tasks of which no two fit beside each other, which no bound here sees. */
  private static Project hard() {
    int[][] demands = new int[9][];
    Arrays.fill(demands, new int[] {0, 2});
    long[] durations = new long[9];
    Arrays.fill(durations, 5);
    return Project.of(durations, new int[9][0], demands, new int[] {3}, new int[9]);
  }

  /** A random project that is small enough to try everything. */
  private record Small(
      long[] durations, int[][] before, int[][] demands, int[] capacities) {

    private static final int SIZE = 7;

    static Small of(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      int[] capacities = {1 + random.nextInt(4), 2 + random.nextInt(3)};
      int[][] before = new int[SIZE][];
      int[][] demands = new int[SIZE][];
      for (int task = 0; task < SIZE; task++) {
        before[task] = IntStream.range(0, task).filter(t -> random.nextInt(5) == 0).toArray();
        List<Integer> pairs = new ArrayList<>();
        for (int resource = 0; resource < capacities.length; resource++) {
          if (random.nextInt(4) > 0) {
            pairs.add(resource);
            pairs.add(1 + random.nextInt(capacities[resource]));
          }
        }
        demands[task] = pairs.stream().mapToInt(Integer::intValue).toArray();
      }
      return new Small(
          random.longs(SIZE, 1, 9).toArray(), before, demands, capacities);
    }

    Project project() {
      return Project.of(durations, before, demands, capacities, new int[SIZE]);
    }

    long optimum() {
      return shortest(new long[SIZE], 0, 0, Long.MAX_VALUE);
    }

    private long shortest(long[] starts, int placed, long makespan, long best) {
      if (makespan >= best || Integer.bitCount(placed) == SIZE) {
        return Math.min(makespan, best);
      }
      long shortest = best;
      for (int task = 0; task < SIZE; task++) {
        int own = task;
        if ((placed & 1 << task) == 0
            && Arrays.stream(before[task]).allMatch(b -> (placed & 1 << b) != 0)) {
          starts[task] =
              Arrays.stream(before[task]).mapToLong(b -> starts[b] + durations[b]).max().orElse(0);
          while (!LongStream.range(starts[task], starts[task] + durations[task])
              .allMatch(time -> isFree(own, time, starts, placed))) {
            starts[task]++;
          }
          long end = Math.max(makespan, starts[task] + durations[task]);
          shortest = Math.min(shortest, shortest(starts, placed | 1 << task, end, shortest));
        }
      }
      return shortest;
    }

    private boolean isFree(int task, long time, long[] starts, int placed) {
      for (int resource = 0; resource < capacities.length; resource++) {
        int used = demand(task, resource);
        for (int other = 0; other < SIZE; other++) {
          if ((placed & 1 << other) != 0
              && starts[other] <= time
              && time < starts[other] + durations[other]) {
            used += demand(other, resource);
          }
        }
        if (used > capacities[resource]) {
          return false;
        }
      }
      return true;
    }

    private int demand(int task, int resource) {
      for (int i = 0; i < demands[task].length; i += 2) {
        if (demands[task][i] == resource) {
          return demands[task][i + 1];
        }
      }
      return 0;
    }

    void mustHold(long[] starts, long makespan) {
      for (int task = 0; task < SIZE; task++) {
        int own = task;
        assertThat(starts[task] + durations[task]).isLessThanOrEqualTo(makespan);
        assertThat(
            Arrays.stream(before[task])
                .allMatch(b -> starts[b] + durations[b] <= starts[own]))
            .isTrue();
        int others = (1 << SIZE) - 1 & ~(1 << task);
        assertThat(
            LongStream.range(starts[task], starts[task] + durations[task])
                .allMatch(time -> isFree(own, time, starts, others)))
            .isTrue();
      }
    }
  }
}
