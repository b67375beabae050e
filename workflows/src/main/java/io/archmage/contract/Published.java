package io.archmage.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How a run's head reached its target branch.
 *
 * @param branch the target branch, or null if there was none
 * @param commit the commit that the branch now has, or the run's head where it was left
 * @param how {@code fast_forward}, {@code merge}, {@code squash} or {@code left}
 * @param because why it was left, or null
 * @param command what to type to publish it later, or null
 */
@Wire
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Published(
    @Nullable String branch,
    @Nullable String commit,
    String how,
    @Nullable String because,
    @Nullable String command) {}
