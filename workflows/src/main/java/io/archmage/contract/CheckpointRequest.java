package io.archmage.contract;

/**
 * Asks for a commit of the run to be recorded.
 *
 * @param run the run
 * @param repository absolute path of the repository
 * @param number counted from 1
 * @param commit the run's head when it was decided
 */
@Wire
public record CheckpointRequest(RunKey run, String repository, int number, String commit) {}
