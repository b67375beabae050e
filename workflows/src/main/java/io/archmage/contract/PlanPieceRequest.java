package io.archmage.contract;

/**
 * Asks for a piece of a stored plan.
 *
 * @param run the run
 * @param repository absolute path of the repository
 * @param from index of the first task wanted
 */
@Wire
public record PlanPieceRequest(RunKey run, String repository, int from) {}
