package io.archmage.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.archmage.contract.Wire;
import org.jspecify.annotations.Nullable;

/**
 * A commit recorded before tasks start side by side.
 *
 * @param n counted from 1; it is kept as {@code refs/archmage/<run>/checkpoints/<n>}
 * @param commit the run's head then: all that had ended is in it, and nothing was under way
 * @param stage the stage that begins or goes on with it, counted from 1; null where stages do not
 *     wait for each other
 */
@Wire
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Checkpoint(int n, String commit, @Nullable Integer stage) {}
