package io.archmage.plan;

/**
 * The name of a result that a task is to be handed.
 *
 * @param key another task's {@code output_key}, or {@link TaskInput#PLAN_INPUT}
 * @param position where it is written
 */
public record InputSource(String key, Position position) {}
