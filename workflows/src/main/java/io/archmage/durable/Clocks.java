package io.archmage.durable;

import io.temporal.workflow.Workflow;
import java.time.Instant;

/** The workflow's own clock, the only one that replays. */
final class Clocks {

  private Clocks() {}

  static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
