package io.archmage.contract;

/**
 * The machine that runs an attempt.
 *
 * @param host its name
 * @param queue its own queue of attempts
 */
@Wire
public record TakenAttempt(String host, String queue) {}
