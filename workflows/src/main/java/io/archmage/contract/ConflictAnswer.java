package io.archmage.contract;

import org.jspecify.annotations.Nullable;

/**
 * A person's answer to a conflict: the argument of the update {@code resolve}. Whatever is missing
 * or wrong is refused with a reason.
 *
 * @param task the task's id
 * @param how {@code ours}, {@code theirs}, {@code commit} or {@code rerun}
 * @param commit a revision of the run's repository; only with {@code commit}
 */
@Wire
public record ConflictAnswer(
    @Nullable String task, @Nullable String how, @Nullable String commit) {}
