package io.archmage.config;

import io.archmage.schedule.PersonRule;

/**
 * When a run asks people, and how they are told.
 *
 * @param rule when a task waits for a person
 * @param notices how people are told
 */
public record PersonSettings(PersonRule rule, NotifySettings notices) {

  /** Nobody is asked. */
  public static final PersonSettings DEFAULT =
      new PersonSettings(PersonRule.NEVER, NotifySettings.NONE);

  /** The same with another rule. */
  public PersonSettings withRule(PersonRule value) {
    return new PersonSettings(value, notices);
  }
}
