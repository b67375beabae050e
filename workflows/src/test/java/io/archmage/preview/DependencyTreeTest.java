package io.archmage.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.DependencyType;
import io.archmage.plan.Execution;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.Plan;
import io.archmage.plan.Position;
import io.archmage.plan.TaskDependency;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import io.archmage.preview.DependencyTree.Link;
import io.archmage.preview.DependencyTree.Mark;
import io.archmage.preview.DependencyTree.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DependencyTreeTest {

  @Test
  void shouldNameATaskUnderEachTaskThatItWaitsFor() {
    assertThat(tree("database", "components", "api: database", "integration: api components"))
        .containsExactly(
            "+ database",
            "| - api",
            "|   - integration",
            "- components",
            "  - integration");
  }

  @Test
  void shouldFollowATaskOnlyOnce() {
    assertThat(tree("a", "b", "c: a b", "d: c"))
        .containsExactly("+ a", "| - c", "|   - d", "- b", "  - c SHOWN_ABOVE");
  }

  @Test
  void shouldNotFollowSoftDependencies() {
    assertThat(tree("a", "b: ~a", "c: b"))
        .containsExactly("+ a", "| - ~b", "- b", "  - c");
  }

  @Test
  void shouldMarkCirclesEvenWhereNoRootLeads() {
    assertThat(tree("a: b", "b: a", "c: c", "d: nobody"))
        .containsExactly(
            "+ c",
            "+ d",
            "- a",
            "  - b",
            "    - a CYCLE");
  }

  @Test
  void shouldBreakLongBranches() {
    List<String> chain = new ArrayList<>(List.of("t0"));
    IntStream.range(1, 3_000).forEach(i -> chain.add("t%d: t%d".formatted(i, i - 1)));

    List<Row> rows = rows(chain.toArray(String[]::new));

    assertThat(rows).allMatch(row -> row.rails().size() <= DependencyTree.MAX_DEPTH);
    assertThat(rows.stream().filter(row -> row.mark() == Mark.CONTINUED).count())
        .isEqualTo(rows.stream().filter(row -> row.mark() == Mark.CONTINUES_BELOW).count())
        .isEqualTo(49);
    assertThat(rows.getLast().task()).isEqualTo("t2999");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldNameEveryTaskAndEveryDependencyOfAnyGraph(long seed) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    int edges = 0;
    for (int task = 0; task < 40; task++) {
      int self = task;
      List<String> on =
          IntStream.generate(() -> random.nextInt(40))
              .limit(random.nextInt(3))
              .distinct()
              .filter(other -> other != self)
              .mapToObj(other -> "t" + other)
              .toList();
      edges += on.size();
      lines.add("t" + task + (on.isEmpty() ? "" : ": " + String.join(" ", on)));
    }

    List<Row> rows = rows(lines.toArray(String[]::new));

    assertThat(rows).extracting(Row::task)
        .contains(
            IntStream.range(0, 40).mapToObj(task -> "t" + task).toArray(String[]::new));
    assertThat(rows.stream().filter(row -> !row.rails().isEmpty())).as("seed " + seed)
        .hasSize(edges);
  }

  /** Each row with two characters per level: {@code +} where siblings follow. */
  private static List<String> tree(String... lines) {
    return rows(lines).stream()
        .map(
            row -> String.join(
                "", row.rails().stream().map(goesOn -> goesOn ? "| " : "  ").toList())
                + (row.last() ? "- " : "+ ")
                + (row.link() == Link.SOFT ? "~" : "")
                + row.task()
                + (row.mark() == Mark.NONE ? "" : " " + row.mark()))
        .toList();
  }

  private static List<Row> rows(String... lines) {
    List<TaskSpec> tasks =
        Arrays.stream(lines)
            .map(line -> line.split(": "))
            .map(
                parts -> TaskSpec.builder(new TaskId(parts[0]), new FamiliarName("codex"))
                    .dependsOn(parts.length == 1 ? List.of() : dependencies(parts[1]))
                    .build())
            .toList();
    return DependencyTree.of(new Plan(null, Execution.DAG, tasks, List.of(), false)).rows();
  }

  private static List<TaskDependency> dependencies(String text) {
    return Arrays.stream(text.split(" "))
        .map(
            id -> new TaskDependency(
                new TaskId(id.replace("~", "")),
                id.startsWith("~") ? DependencyType.SOFT : DependencyType.HARD,
                Position.UNKNOWN))
        .toList();
  }
}
