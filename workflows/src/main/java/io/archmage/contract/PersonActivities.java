package io.archmage.contract;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Reaches people; done by any worker of the repository. */
@ActivityInterface
public interface PersonActivities {

  /** By the program that the configuration names. */
  String COMMAND = "command";

  /** By posting to the address that the configuration names. */
  String WEBHOOK = "webhook";

  /**
   * Tells people.
   *
   * @param way {@link #COMMAND} or {@link #WEBHOOK}
   * @param notice what to tell
   * @throws io.temporal.failure.ApplicationFailure of type {@link FailureTypes#HOST} if that failed
   */
  @ActivityMethod(name = "notify_person")
  void notifyPerson(String way, Notice notice);
}
