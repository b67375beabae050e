package io.archmage.contract;

/**
 * Asks for a machine that runs an attempt.
 *
 * @param repository id of the repository
 * @param task the task's id
 * @param familiar the familiar's name
 * @param attempt the attempt's number
 */
@Wire
public record TakeRequest(String repository, String task, String familiar, int attempt) {}
