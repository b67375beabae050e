package io.archmage.contract;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.common.converter.RawValue;
import org.jspecify.annotations.Nullable;

/** The one activity of the queue that runs are started on. */
@ActivityInterface
public interface OpenRunActivity {

  /**
   * Finds the repository of a run and the queues that serve it.
   *
   * @param request which run
   * @param options the workflow's second argument as it came, or null
   * @return who serves it
   * @throws io.temporal.failure.ApplicationFailure of type {@link FailureTypes#INVALID_PLAN} if the
   *     options are wrong or no served repository fits
   */
  @ActivityMethod(name = "open_run")
  OpenedRun openRun(OpenRunRequest request, @Nullable RawValue options);
}
