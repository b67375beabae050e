package io.archmage.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.contract.PreparedTask;
import io.archmage.contract.RunKey;
import io.archmage.git.CommitId;
import io.archmage.git.RunRefs;
import io.archmage.plan.Execution;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.Plan;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoredPlanTest extends PrepareFixture {

  private static final RunRefs REFS = new RunRefs("r");

  @Test
  void shouldGiveBackWhatWasStored() {
    StoredPlan stored = new StoredPlan(repository);
    Plan plan = plan("first");

    CommitId tree = stored.store(REFS, plan, tasks(3, 10));

    assertThat(stored.plan(tree)).isEqualTo(plan);
    assertThat(stored.tasks(tree)).isEqualTo(tasks(3, 10));
    assertThat(repository.refs().read(REFS.plan())).contains(tree);
  }

  @Test
  void shouldStoreTheSamePlanOnce() {
    StoredPlan stored = new StoredPlan(repository);

    CommitId first = stored.store(REFS, plan("p"), tasks(2, 10));

    assertThat(stored.store(REFS, plan("p"), tasks(2, 10))).isEqualTo(first);
  }

  @Test
  void shouldCutTasksIntoPiecesBelowTheLimitOfAMessage() throws IOException {
    List<PreparedTask> tasks = tasks(3_000, 1_000);
    CommitId tree = new StoredPlan(repository).store(REFS, plan("p"), tasks);
    assertThat(tree).isNotNull();

    List<PreparedTask> joined = new ArrayList<>();
    int pieces = 0;
    while (joined.size() < tasks.size()) {
      List<PreparedTask> piece =
          RunPreparation.piece(project(), new RunKey("r", "e", "r"), joined.size());
      assertThat(piece).isNotEmpty();
      assertThat(new ObjectMapper().writeValueAsBytes(piece).length).isLessThan(1_000_000);
      joined.addAll(piece);
      pieces++;
    }

    assertThat(joined).isEqualTo(tasks);
    assertThat(pieces).isBetween(4, 6);
  }

  @Test
  void shouldPutALargeTaskInAPieceOfItsOwn() {
    List<PreparedTask> tasks = List.of(task(0, 10), task(1, 950_000), task(2, 10));

    assertThat(StoredPlan.piece(tasks, 0)).containsExactly(tasks.get(0));
    assertThat(StoredPlan.piece(tasks, 1)).containsExactly(tasks.get(1));
    assertThat(StoredPlan.piece(tasks, 2)).containsExactly(tasks.get(2));
    assertThat(StoredPlan.piece(tasks, 3)).isEmpty();
  }

  private static Plan plan(String name) {
    TaskSpec task =
        TaskSpec.builder(new TaskId("A"), new FamiliarName("codex")).description("Do «it»").build();
    return new Plan(name, Execution.DAG, List.of(task), List.of(), false);
  }

  private static List<PreparedTask> tasks(int count, int title) {
    return IntStream.range(0, count).mapToObj(index -> task(index, title)).toList();
  }

  private static PreparedTask task(int index, int title) {
    return new PreparedTask(
        "T" + index,
        "é".repeat(title / 2),
        0,
        index == 0 ? List.of() : List.of(index - 1),
        List.of(),
        0,
        index,
        index,
        1,
        2,
        3L,
        true,
        List.of());
  }
}
