package io.archmage.contract;

/**
 * Where both sides of a conflict can be looked at.
 *
 * @param ours full name of the ref of the run's head
 * @param theirs full name of the ref of the attempt
 */
@Wire
public record ConflictSides(String ours, String theirs) {}
