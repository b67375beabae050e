package io.archmage.durable;

import io.archmage.contract.AttemptResult;
import io.archmage.contract.Usage;
import java.time.Instant;
import java.util.List;

/** The result of a step of the plan's own: no process, nothing changed, done at once. */
final class OwnStep {

  private OwnStep() {}

  static AttemptResult result(Instant at) {
    return new AttemptResult(
        null, null, List.of(), List.of(), "", null, at, at, 0, Usage.NONE);
  }
}
