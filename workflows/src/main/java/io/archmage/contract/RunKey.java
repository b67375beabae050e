package io.archmage.contract;

/**
 * Which run something belongs to.
 *
 * @param runId the workflow id, as users name the run
 * @param execution the first execution's run id: work of another execution is never one's own
 * @param name the run's name in refs and branches, unescaped: the workflow id, or that with {@code
 *     .2}, {@code .3}… where another execution holds it
 */
@Wire
public record RunKey(String runId, String execution, String name) {}
