package io.archmage.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputGraphTest {

  @Test
  void shouldRunT3BesideT1AndT2AfterT1() {
    TaskGraph graph = Graphs.input("S0-01");

    assertThat(Graphs.edges(graph)).containsExactly("T1 -> T2 declared");
    assertThat(graph.edges().getFirst().detail()).isEqualTo("imports Button component");
    assertThat(Graphs.batches(graph)).containsExactly(List.of("T1", "T3"), List.of("T2"));
    assertThat(graph.task(2).parallelWith()).containsExactly(new TaskId("T1"), new TaskId("T2"));
  }

  @Test
  void shouldRunIndependentTasksTogether() {
    TaskGraph graph = Graphs.input("S0-02");

    assertThat(graph.edges()).isEmpty();
    assertThat(Graphs.batches(graph)).containsExactly(List.of("A", "B", "C"));
    assertThat(graph.task(0).outputs()).containsExactly("utils/format.ts");
    assertThat(graph.conflicts()).isEmpty();
  }

  @Test
  void shouldKeepStagesInOrder() {
    TaskGraph graph = Graphs.input("S0-03");

    assertThat(Graphs.batches(graph))
        .containsExactly(List.of("UI", "BE"), List.of("FE"), List.of("Analysis", "Review"));
    assertThat(graph.stages()).containsExactly(0, 0, 1, 2, 2);
    assertThat(graph.plan().barrier()).isTrue();
    assertThat(Graphs.edges(graph))
        .containsExactly(
            "UI -> FE declared",
            "FE -> Analysis declared",
            "BE -> Analysis declared",
            "FE -> Review declared",
            "BE -> Review declared");
  }

  @Test
  void shouldRunTheStepsOfAPipelineInOrder() {
    TaskGraph graph = Graphs.input("S0-04");

    assertThat(Graphs.edges(graph))
        .containsExactly("1-analyze -> 2-fix artifact", "2-fix -> 3-verify artifact");
    assertThat(graph.edges().getFirst().detail()).isEqualTo("findings");
    assertThat(Graphs.batches(graph))
        .containsExactly(List.of("1-analyze"), List.of("2-fix"), List.of("3-verify"));
  }

  @Test
  void shouldRunThePartsOfAFanOutTogether() {
    TaskGraph graph = Graphs.input("S0-05");

    assertThat(graph.edges()).isEmpty();
    assertThat(graph.conflicts()).isEmpty();
    assertThat(Graphs.batches(graph)).containsExactly(List.of("auth", "user", "payment"));
  }

  @Test
  void shouldFindTheCriticalPathOfTheTimelines() {
    assertThat(Graphs.input("S0-11").criticalPath().length()).isEqualTo(Duration.ofSeconds(65));
    assertThat(Graphs.input("S0-14").criticalPath())
        .isEqualTo(new CriticalPath(List.of(1, 2, 3), Duration.ofSeconds(70)));
  }

  @Test
  void shouldFindFiveLevels() {
    assertThat(Graphs.batches(Graphs.input("S0-12")))
        .containsExactly(
            List.of("Planning"),
            List.of("StitchUI", "CodexBE"),
            List.of("CodexFE"),
            List.of("GeminiAnalysis"),
            List.of("Reviewer"));
  }

  @Test
  void shouldSerializeTwoTasksThatModifyOneFile() {
    TaskGraph graph = Graphs.input("S0-13");

    assertThat(Graphs.edges(graph)).containsExactly("A -> B file_conflict");
    assertThat(graph.edges().getFirst().detail()).isEqualTo("auth.ts");
    assertThat(graph.conflicts())
        .containsExactly(
            new Conflict(
                "auth.ts",
                List.of(new TaskId("A"), new TaskId("B")),
                ConflictResolution.SERIALIZE));
    assertThat(graph.soleOutputs())
        .containsExactly(
            new SoleOutput("util.ts", new TaskId("A")),
            new SoleOutput("user.ts", new TaskId("B")));
  }

  @Test
  void shouldOrderByPriority() {
    TaskGraph graph = Graphs.input("S0-15");

    assertThat(Graphs.order(graph)).containsExactly("critical", "feature", "refactor");
    assertThat(graph.plan().tasks()).extracting(TaskSpec::priority).containsExactly(1, 2, 3);
  }
}
