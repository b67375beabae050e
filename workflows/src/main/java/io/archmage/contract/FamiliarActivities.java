package io.archmage.contract;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Runs familiars; the activity of the host that has their workspaces. */
@ActivityInterface
public interface FamiliarActivities {

  /**
   * Prepares a workspace, runs the familiar in it and keeps what it left, whatever happens. A
   * repeat for the same attempt follows the living process or takes the finished one's result; it
   * never starts a second one.
   *
   * @param request which attempt
   * @return the result of an attempt that ended well
   * @throws io.temporal.failure.ApplicationFailure of type {@link FailureTypes#FAMILIAR}, details
   *     {@link AttemptFailure}, if it ended badly
   */
  @ActivityMethod(name = "invokeFamiliar")
  AttemptResult invokeFamiliar(InvokeRequest request);
}
