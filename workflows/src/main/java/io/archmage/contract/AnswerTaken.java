package io.archmage.contract;

/**
 * What came of a person's answer.
 *
 * @param task the task's id
 * @param status where the task stands now
 * @param message one line for people
 */
@Wire
public record AnswerTaken(String task, String status, String message) {}
