package io.archmage.durable;

import io.archmage.contract.Resolution;
import org.jspecify.annotations.Nullable;

/** A person's answer from its arrival until it is known what came of it. */
final class PendingAnswer {

  final String how;
  final @Nullable Resolution resolution;
  private boolean over;
  private @Nullable String refusal;

  PendingAnswer(String how, @Nullable Resolution resolution) {
    this.how = how;
    this.resolution = resolution;
  }

  void carriedOut() {
    over = true;
  }

  void refused(String because) {
    over = true;
    refusal = because;
  }

  boolean isOver() {
    return over;
  }

  /** Why it could not be carried out, or null. */
  @Nullable
  String refusal() {
    return refusal;
  }
}
