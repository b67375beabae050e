package io.archmage.contract;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Finds the machine for an attempt; the activity of any machine that serves the repository. */
@ActivityInterface
public interface HostActivities {

  /**
   * Takes an attempt for the machine that answers. Nothing begins by that.
   *
   * @param request which attempt
   * @return the machine
   * @throws io.temporal.failure.ApplicationFailure of type {@link FailureTypes#HOST} if this
   *     machine has no command for the familiar; another may
   */
  @ActivityMethod(name = "take_attempt")
  TakenAttempt takeAttempt(TakeRequest request);
}
