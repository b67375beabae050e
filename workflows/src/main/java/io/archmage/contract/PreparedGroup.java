package io.archmage.contract;

/**
 * A group whose tasks share a branch.
 *
 * @param id what the plan calls it
 * @param title one line for people
 * @param epic whether the plan calls it an epic
 * @param name the short name of its branch, and of its directory below {@code .worktrees}
 * @param head where its branch is: the run's base, or what a lost run left
 */
@Wire
public record PreparedGroup(String id, String title, boolean epic, String name, String head) {}
