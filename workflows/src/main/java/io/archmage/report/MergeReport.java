package io.archmage.report;

import io.archmage.contract.FileConflict;
import io.archmage.contract.Wire;
import java.util.List;

/**
 * How a task's work came into the run's head.
 *
 * @param outcome {@code merged}, {@code unchanged}, {@code conflicted} or {@code protected}
 * @param how {@code fast_forward}, {@code textual}, {@code rerun}, {@code person} or {@code none}
 * @param files paths brought in or in conflict
 * @param conflicts what collided, empty unless it did
 */
@Wire
public record MergeReport(
    String outcome, String how, List<String> files, List<FileConflict> conflicts) {

  /** Copies the lists. */
  public MergeReport {
    files = List.copyOf(files);
    conflicts = conflicts == null ? List.of() : List.copyOf(conflicts);
  }
}
