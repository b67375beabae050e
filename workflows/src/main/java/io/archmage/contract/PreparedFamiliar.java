package io.archmage.contract;

/**
 * A familiar that the plan uses.
 *
 * @param name its name
 * @param instances how many of its tasks may run at once
 */
@Wire
public record PreparedFamiliar(String name, int instances) {}
