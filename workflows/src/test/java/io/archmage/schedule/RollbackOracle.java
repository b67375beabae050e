package io.archmage.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Knows by plain recounting which successes serve only what failed. */
final class RollbackOracle {
  private final ScheduleModel model;
  private final TaskStatus[] status;
  private final int[] skippedFor;
  private final List<Integer> completed = new ArrayList<>();
  private final BitSet kept = new BitSet();
  private Optional<Decision.Rollback> underWay = Optional.empty();
  private int begun;
  private int lastStage = -1;

  /** Shares the statuses and what each skipped task was skipped for. */
  RollbackOracle(ScheduleModel model, TaskStatus[] status, int[] skippedFor) {
    this.model = model;
    this.status = status;
    this.skippedFor = skippedFor;
  }

  void succeeded(int task) {
    completed.add(task);
  }

  Optional<Decision.Rollback> underWay() {
    return underWay;
  }

  void mayBegin(Decision.Rollback rollback, boolean cancelling) {
    assertThat(model.rollback().undo()).isTrue();
    assertThat(cancelling).as("cancelling").isFalse();
    assertThat(underWay).as("one at a time").isEmpty();
    assertThat(rollback.number()).isEqualTo(++begun);
    assertThat(status[rollback.because()]).isEqualTo(TaskStatus.FAILED);
    assertThat(rollback.tasks()).isNotEmpty().isSubsetOf(useless().stream().boxed().toList());
    assertThat(rollback.tasks().stream().map(completed::indexOf).toList())
        .as("the last one first")
        .isSortedAccordingTo((a, b) -> b - a);
    BitSet gone = new BitSet();
    for (int task : rollback.tasks()) {
      assertThat(neededBy(task)).allMatch(other -> lost(other) || gone.get(other));
      gone.set(task);
    }
    underWay = Optional.of(rollback);
  }

  /** What serves only what failed is undone as soon as it can be. */
  void mustHaveBegun(boolean cancelling) {
    if (model.rollback().undo() && underWay.isEmpty() && !cancelling) {
      assertThat(useless().isEmpty()).as("tasks to undo: %s", useless()).isTrue();
    }
  }

  void ended(int number, boolean undone) {
    underWay
        .filter(rollback -> rollback.number() == number)
        .ifPresent(
            rollback -> {
              underWay = Optional.empty();
              for (int task : rollback.tasks()) {
                if (undone) {
                  status[task] = TaskStatus.ROLLED_BACK;
                } else {
                  kept.set(task);
                }
              }
            });
  }

  /** Whether attempts that start while nothing is under way are the begin of a section. */
  boolean newSection(int stage, int starts) {
    if (starts == 0 || starts == 1 && lastStage == stage) {
      return false;
    }
    lastStage = stage;
    return true;
  }

  void finish(boolean cancelling) {
    mustHaveBegun(cancelling);
    for (int task = 0; task < status.length; task++) {
      if (status[task] == TaskStatus.ROLLED_BACK) {
        assertThat(neededBy(task)).as("what needs %d", task).isNotEmpty().allMatch(this::lost);
      }
    }
  }

  private BitSet useless() {
    BitSet useless = new BitSet();
    for (int round = 0; round < status.length; round++) {
      for (int task : completed) {
        List<Integer> dependents = neededBy(task);
        if (status[task] == TaskStatus.SUCCEEDED
            && !kept.get(task)
            && dependents.stream().allMatch(other -> lost(other) || useless.get(other))
            && dependents.stream().anyMatch(other -> useless.get(other) || failed(other))) {
          useless.set(task);
        }
      }
    }
    return useless;
  }

  private List<Integer> neededBy(int task) {
    return IntStream.range(0, status.length)
        .filter(other -> model.tasks().get(other).needs().contains(task))
        .boxed()
        .toList();
  }

  private boolean lost(int task) {
    return status[task].terminal() && status[task] != TaskStatus.SUCCEEDED;
  }

  private boolean failed(int task) {
    return switch (status[task]) {
      case FAILED, ROLLED_BACK -> true;
      case SKIPPED -> skippedFor[task] != task && failed(skippedFor[task]);
      case CANCELLED, BLOCKED, READY, WAITING, AWAITING_PERSON, RUNNING, SUCCEEDED -> false;
    };
  }
}
