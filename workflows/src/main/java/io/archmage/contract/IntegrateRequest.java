package io.archmage.contract;

import org.jspecify.annotations.Nullable;

/**
 * Asks for an attempt's commit to be merged on to the run's branch, or its group's.
 *
 * @param run the run
 * @param repository absolute path of the repository
 * @param task the task's id
 * @param title one line for the commit
 * @param familiar the familiar's name
 * @param attempt the attempt's number
 * @param commit the attempt's commit
 * @param base the commit that its workspace started from
 * @param knownHead that branch's head as the workflow knows it; an earlier merge of this attempt
 *     can only be newer
 * @param resolution how a person wants its conflict to end, or null to merge it by the rules
 * @param group the short name of the group's branch to merge it into, or null for the run's own
 * @param linear whether the branch gets commits with one parent only
 */
@Wire
public record IntegrateRequest(
    RunKey run,
    String repository,
    String task,
    String title,
    String familiar,
    int attempt,
    String commit,
    String base,
    String knownHead,
    @Nullable Resolution resolution,
    @Nullable String group,
    boolean linear) {}
