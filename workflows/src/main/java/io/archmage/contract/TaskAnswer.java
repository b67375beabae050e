package io.archmage.contract;

import org.jspecify.annotations.Nullable;

/**
 * The argument of the updates {@code retry}, {@code skip} and {@code reject}. A missing id is
 * refused.
 *
 * @param task the task's id
 */
@Wire
public record TaskAnswer(@Nullable String task) {}
