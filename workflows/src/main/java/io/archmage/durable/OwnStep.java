package io.archmage.durable;

import io.archmage.contract.AttemptResult;
import io.archmage.contract.Usage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a step of the plan's own: no process, nothing changed, done at once. */
final class OwnStep {

  private OwnStep() {}

  static AttemptResult result(Instant at) {
    return result(at, null);
  }

  /** The same of a step that hands on a commit. */
  static AttemptResult result(Instant at, @Nullable String commit) {
    return new AttemptResult(
        commit, null, List.of(), List.of(), "", null, at, at, 0, Usage.NONE);
  }
}
