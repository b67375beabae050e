package io.archmage.host;

import io.archmage.contract.Resolution;
import io.archmage.git.CommitId;
import io.archmage.merge.Decision;
import java.util.Objects;

/** Says in the words of {@code io.archmage.merge} how a person wants a conflict to end. */
final class Resolutions {

  private Resolutions() {}

  static Decision decision(Resolution resolution) {
    CommitId shown = new CommitId(resolution.head());
    return switch (resolution.how()) {
      case Resolution.OURS ->
        new Decision.TakeSide(Decision.Side.OURS, shown, resolution.files());
      case Resolution.THEIRS ->
        new Decision.TakeSide(Decision.Side.THEIRS, shown, resolution.files());
      case Resolution.COMMIT ->
        new Decision.TakeCommit(Objects.requireNonNull(resolution.commit()), shown);
      default -> throw new IllegalArgumentException("no way to resolve: " + resolution.how());
    };
  }
}
