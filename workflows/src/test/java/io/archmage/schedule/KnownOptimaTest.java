package io.archmage.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** How close the runs of improved orders come to the shortest that are known. */
@Isolated("it measures time")
class KnownOptimaTest {

  private static final Duration LIMIT = Duration.ofSeconds(1);

  /** What the thread computed, whatever ran beside it. */
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private final List<Double> ratios = new ArrayList<>();
  private final List<Long> millis = new ArrayList<>();

  @Test
  void shouldReachTheOptimumOfStandardTaskGraphs() {
    List<String> rows = KnownProjects.lines("stg_optimum.csv");
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",");
      ScheduleModel model =
          KnownProjects.standardTaskGraph(KnownProjects.lines(cells[0]))
              .model(Integer.parseInt(cells[1]), List.of());
      measure(model, Integer.parseInt(cells[2]));
    }
    print("STANDARD TASK GRAPHS");
    assertThat(ratios).hasSize(90).allMatch(ratio -> ratio == 1);
    assertThat(Collections.max(millis)).isLessThan(LIMIT.toMillis());
  }

  /** Its projects are not ours to hand on; the folder is named by {@code -Dpsplib.dir}. */
  @Test
  void shouldComeCloseToTheOptimumOfProjectsWithResources() throws IOException {
    String folder = System.getProperty("psplib.dir", "");
    if (folder.isEmpty()) {
      System.out.println("PSPLIB: not run, for there is no -Dpsplib.dir");
      return;
    }
    List<String> rows = Files.readAllLines(Path.of(folder, "psplib_j30_optimum.csv"));
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",");
      measure(
          KnownProjects.ofLibrary(Path.of(folder, "psplib_j30", cells[0])).model(),
          Integer.parseInt(cells[1]));
    }
    print("PSPLIB J30");
    assertThat(ratios.stream().filter(ratio -> ratio == 1).count())
        .isGreaterThanOrEqualTo(Math.ceilDiv(ratios.size() * 95, 100));
    assertThat(mean()).isLessThanOrEqualTo(1.003);
    assertThat(Collections.max(millis)).isLessThan(LIMIT.toMillis());
  }

  private void measure(ScheduleModel model, int optimum) {
    long begun = CLOCK.getCurrentThreadCpuTime();
    ScheduleModel improved =
        OrderImprovement.of(model, Collections.nCopies(model.tasks().size(), 0), true);
    millis.add((CLOCK.getCurrentThreadCpuTime() - begun) / 1_000_000);
    ratios.add((double) ScheduleSimulator.simulate(improved).makespan().toSeconds() / optimum);
  }

  private double mean() {
    return ratios.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private void print(String title) {
    long atOptimum = ratios.stream().filter(ratio -> ratio == 1).count();
    System.out.printf(
        "%s: %d of %d at the optimum (%.1f %%), mean ratio %.5f, worst %.4f, %d to %d ms each%n",
        title, atOptimum, ratios.size(), 100.0 * atOptimum / ratios.size(), mean(),
        Collections.max(ratios), Collections.min(millis), Collections.max(millis));
  }
}
