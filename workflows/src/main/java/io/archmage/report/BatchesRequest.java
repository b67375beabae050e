package io.archmage.report;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.archmage.contract.Wire;
import org.jspecify.annotations.Nullable;

/**
 * Which batches of a run are wanted.
 *
 * @param batchNumber the only one wanted, 1 for the first, or null for all
 */
@Wire
public record BatchesRequest(@JsonAlias("batch") @Nullable Integer batchNumber) {}
