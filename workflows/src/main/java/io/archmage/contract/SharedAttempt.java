package io.archmage.contract;

import org.jspecify.annotations.Nullable;

/**
 * What an attempt needs to know where several machines serve its repository. The number of the
 * attempt is its fencing number: a higher one takes the task from a lower one.
 *
 * @param host the machine that took the attempt
 * @param continues the attempt whose machine went silent and whose files this one goes on with, or
 *     null
 */
@Wire
public record SharedAttempt(String host, @Nullable Integer continues) {}
