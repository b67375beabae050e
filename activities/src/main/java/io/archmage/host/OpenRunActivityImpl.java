package io.archmage.host;

import io.archmage.contract.OpenRunActivity;
import io.archmage.contract.OpenRunRequest;
import io.archmage.contract.OpenedRun;
import io.archmage.prepare.RunRouting;
import io.temporal.common.converter.RawValue;
import org.jspecify.annotations.Nullable;

/** Answers who serves a run; thread-safe. */
public final class OpenRunActivityImpl implements OpenRunActivity {

  private final RunRouting routing;

  /** Answers from that routing. */
  public OpenRunActivityImpl(RunRouting routing) {
    this.routing = routing;
  }

  @Override
  public OpenedRun openRun(OpenRunRequest request, @Nullable RawValue options) {
    return HostFailures.translate(
        "finding the repository", () -> routing.route(request, options));
  }
}
