package io.archmage.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is to be known for checkpoints and for undoing successes; written to as its ledger is. */
final class RollbackLedger {
  private final RollbackRule rule;
  private final IntColumn completions;
  private final BitSet kept;
  private int lastCompletion;
  private int lastNumber;
  private int checkpointedStage;
  private boolean lossesToWeigh;
  private Decision.@Nullable Rollback underWay;

  /** The ledger of a run that has not begun. */
  RollbackLedger(ScheduleModel model) {
    rule = model.rollback();
    completions = IntColumn.of(new int[model.tasks().size()]);
    kept = new BitSet();
    checkpointedStage = -1;
  }

  private RollbackLedger(RollbackLedger other) {
    rule = other.rule;
    completions = other.completions.copy();
    kept = (BitSet) other.kept.clone();
    lastCompletion = other.lastCompletion;
    lastNumber = other.lastNumber;
    checkpointedStage = other.checkpointedStage;
    lossesToWeigh = other.lossesToWeigh;
    underWay = other.underWay;
  }

  RollbackLedger copy() {
    return new RollbackLedger(this);
  }

  /** Notes that the task has not succeeded. */
  void lost() {
    lossesToWeigh |= rule.undo();
  }

  /**
   * Notes that the task has succeeded.
   *
   * @param late whether something that needs it was lost before
   */
  void succeeded(int task, boolean late) {
    if (rule.undo()) {
      completions.set(task, ++lastCompletion);
      lossesToWeigh |= late;
    }
  }

  /** Whether a success may since serve nothing any more; asking forgets it. */
  boolean takeLosses() {
    boolean losses = lossesToWeigh;
    lossesToWeigh = false;
    return losses;
  }

  /** Tasks that completed and whose work nobody has decided to keep, the last one first. */
  List<Integer> latestFirst(int size) {
    return IntStream.range(0, size)
        .filter(task -> completions.get(task) > 0 && !kept.get(task))
        .boxed()
        .sorted((a, b) -> Integer.compare(completions.get(b), completions.get(a)))
        .toList();
  }

  /** Begins to undo the tasks, in this order. */
  Decision.Rollback begin(int because, List<Integer> tasks) {
    underWay = new Decision.Rollback(++lastNumber, because, tasks);
    return underWay;
  }

  Optional<Decision.Rollback> underWay() {
    return Optional.ofNullable(underWay);
  }

  /** Ends the rollback of that number and returns it; empty if it is not under way. */
  Optional<Decision.Rollback> end(int number, boolean undone) {
    Decision.Rollback ended = underWay;
    if (ended == null || ended.number() != number) {
      return Optional.empty();
    }
    underWay = null;
    lossesToWeigh = true;
    if (!undone) {
      ended.tasks().forEach(kept::set);
    }
    return Optional.of(ended);
  }

  /**
   * Whether the head is to be recorded now that nothing is under way.
   *
   * @param stage the stage under way
   * @param starts attempts that start now
   */
  boolean checkpoints(int stage, int starts) {
    boolean first = stage != checkpointedStage;
    if (!rule.checkpoints() || starts == 0 || starts == 1 && !first) {
      return false;
    }
    checkpointedStage = stage;
    return true;
  }
}
