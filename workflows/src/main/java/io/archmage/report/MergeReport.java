package io.archmage.report;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.archmage.contract.FileConflict;
import io.archmage.contract.Wire;
import java.util.List;

/**
 * How a task's work came into the run's head.
 *
 * @param outcome {@code merged}, {@code unchanged}, {@code conflicted}, {@code protected} or {@code
 *     rolled_back}: merged, then undone
 * @param how {@code fast_forward}, {@code textual}, {@code structural}, {@code rerun},
 *     {@code person} or {@code none}
 * @param files paths brought in or in conflict
 * @param conflicts what collided, empty unless it did
 * @param structural files that were merged by their declarations
 * @param unchecked files that both sides changed and that could not be looked into, each with a
 *     colon and the reason
 */
@Wire
public record MergeReport(
    String outcome,
    String how,
    List<String> files,
    List<FileConflict> conflicts,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> structural,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> unchecked) {

  /** Copies the lists; missing ones are empty. */
  @JsonCreator
  public MergeReport {
    files = List.copyOf(files);
    conflicts = conflicts == null ? List.of() : List.copyOf(conflicts);
    structural = structural == null ? List.of() : List.copyOf(structural);
    unchecked = unchecked == null ? List.of() : List.copyOf(unchecked);
  }

  /** A merge in which no file needed a look into it. */
  public MergeReport(
      String outcome, String how, List<String> files, List<FileConflict> conflicts) {
    this(outcome, how, files, conflicts, List.of(), List.of());
  }
}
