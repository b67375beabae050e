package io.archmage.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.DependencyType;
import io.archmage.plan.Execution;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.Plan;
import io.archmage.plan.Position;
import io.archmage.plan.Stage;
import io.archmage.plan.TaskDependency;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of every graph, on random plans. */
class RandomGraphTest {

  private static final List<String> ACTIONS =
      List.of("implement", "review", "analyze", "document", "fix");
  private static final List<String> OUTPUTS =
      List.of("a", "b", "c/", "c/x", "c/*.ts", "c/x.ts", "**/*.ts", "d/**", "d/e/f", "?");

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldOrderWhatMustNotOverlap(long seed) {
    Plan plan = randomPlan(new Random(seed));
    TaskGraph graph =
        ((Validation.Runnable) PlanValidator.validate(plan, FixedSurroundings.USUAL)).graph();
    int size = plan.tasks().size();
    boolean[][] paths = paths(graph, size);

    for (int i = 0; i < size; i++) {
      assertThat(paths[i][i]).as("seed %d: cycle through %d", seed, i).isFalse();
      for (int j = 0; j < size; j++) {
        assertThat(graph.reachability().leads(i, j)).as("seed %d", seed).isEqualTo(paths[i][j]);
        boolean apart =
            paths[i][j] || paths[j][i] || !graph.stages().get(i).equals(graph.stages().get(j));
        if (i != j && overlap(plan.tasks().get(i), plan.tasks().get(j))) {
          assertThat(apart).as("seed %d: %d and %d share a file", seed, i, j).isTrue();
        }
        if (paths[i][j]) {
          assertThat(graph.order().indexOf(i)).isLessThan(graph.order().indexOf(j));
          assertThat(graph.stages().get(i)).isLessThanOrEqualTo(graph.stages().get(j));
          assertThat(batch(graph, i)).isLessThan(batch(graph, j));
        }
      }
    }
    assertThat(new TreeSet<>(graph.order())).hasSize(size);
    assertSerialStages(plan, paths);
    assertNoNeedlessEdge(graph, size);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldFindExactlyTheCycles(long seed) {
    Random random = new Random(seed);
    int size = 2 + random.nextInt(12);
    List<Edge> edges = new ArrayList<>();
    for (int e = random.nextInt(size * 2); e > 0; e--) {
      int from = random.nextInt(size);
      int to = random.nextInt(size);
      edges.add(new Edge(from, to, DependencyType.HARD, EdgeReason.DECLARED, null));
    }
    edges.removeIf(edge -> edge.from() == edge.to());
    boolean[][] paths = closure(edges, size);
    TreeSet<Integer> onCycles = new TreeSet<>();
    for (CycleFinder.Found found : CycleFinder
        .find(Adjacency.of(size, edges, DependencyType.HARD))) {
      List<Integer> tasks = found.tasks();
      assertThat(tasks.getFirst()).isEqualTo(Collections.min(found.component()));
      for (int i = 0; i < tasks.size(); i++) {
        int from = tasks.get(i);
        int to = tasks.get((i + 1) % tasks.size());
        assertThat(edges).as("seed %d", seed).anyMatch(e -> e.from() == from && e.to() == to);
      }
      assertThat(onCycles).doesNotContainAnyElementsOf(found.component());
      onCycles.addAll(found.component());
    }
    for (int task = 0; task < size; task++) {
      assertThat(onCycles.contains(task)).as("seed %d", seed).isEqualTo(paths[task][task]);
    }
  }

  private static void assertSerialStages(Plan plan, boolean[][] paths) {
    for (Stage stage : plan.stages()) {
      List<Integer> members =
          IntStream.range(0, plan.tasks().size())
              .boxed()
              .filter(task -> stage.tasks().contains(plan.tasks().get(task).id()))
              .toList();
      for (int one : members) {
        for (int other : members) {
          if (!stage.parallel() && one != other) {
            assertThat(paths[one][other] || paths[other][one]).isTrue();
          }
        }
      }
    }
  }

  /** Each added edge joined two tasks that no earlier edge joined. */
  private static void assertNoNeedlessEdge(TaskGraph graph, int size) {
    for (int e = 0; e < graph.edges().size(); e++) {
      Edge edge = graph.edges().get(e);
      if (edge.because() != EdgeReason.DECLARED) {
        boolean[][] before = closure(graph.edges().subList(0, e), size);
        assertThat(before[edge.from()][edge.to()] || before[edge.to()][edge.from()]).isFalse();
      }
    }
  }

  private static boolean overlap(TaskSpec one, TaskSpec other) {
    return one.outputs()
        .stream()
        .anyMatch(a -> other.outputs().stream().anyMatch(b -> pattern(a).overlaps(pattern(b))));
  }

  private static OutputPattern pattern(String text) {
    return OutputPattern.of(text, FixedSurroundings.USUAL::isDirectory);
  }

  private static int batch(TaskGraph graph, int task) {
    return IntStream.range(0, graph.batches().size())
        .filter(batch -> graph.batches().get(batch).contains(task))
        .findFirst()
        .orElseThrow();
  }

  private static boolean[][] paths(TaskGraph graph, int size) {
    return closure(graph.edges(), size);
  }

  private static boolean[][] closure(List<Edge> edges, int size) {
    boolean[][] paths = new boolean[size][size];
    edges.stream()
        .filter(edge -> edge.type() == DependencyType.HARD)
        .forEach(edge -> paths[edge.from()][edge.to()] = true);
    for (int k = 0; k < size; k++) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          paths[i][j] |= paths[i][k] && paths[k][j];
        }
      }
    }
    return paths;
  }

  private static Plan randomPlan(Random random) {
    int size = 1 + random.nextInt(14);
    boolean staged = random.nextInt(3) == 0;
    List<Integer> rank = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(rank, random);
    List<List<TaskId>> members = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<TaskSpec> tasks = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      List<TaskDependency> dependencies = new ArrayList<>();
      for (int j = 0; j < size; j++) {
        boolean allowed = rank.get(j) < rank.get(i);
        if (allowed && random.nextInt(size) == 0) {
          DependencyType type =
              random.nextInt(4) == 0 ? DependencyType.SOFT : DependencyType.HARD;
          dependencies.add(new TaskDependency(new TaskId("t" + j), type, Position.UNKNOWN));
        }
      }
      TreeSet<String> outputs = new TreeSet<>();
      for (int o = random.nextInt(3); o > 0; o--) {
        outputs.add(OUTPUTS.get(random.nextInt(OUTPUTS.size())));
      }
      TaskId id = new TaskId("t" + i);
      members.get(rank.get(i) * 3 / size).add(id);
      tasks.add(
          TaskSpec.builder(id, new FamiliarName("codex"))
              .action(ACTIONS.get(random.nextInt(ACTIONS.size())))
              .outputs(List.copyOf(outputs))
              .dependsOn(dependencies)
              .priority(1 + random.nextInt(3))
              .build());
    }
    List<Stage> stages = new ArrayList<>();
    for (int s = 0; s < 3 && staged; s++) {
      if (!members.get(s).isEmpty()) {
        stages.add(new Stage(s, random.nextBoolean(), members.get(s)));
      }
    }
    Execution form = staged ? Execution.STAGED_PARALLEL : Execution.DAG;
    return new Plan(null, form, tasks, stages, random.nextBoolean());
  }
}
