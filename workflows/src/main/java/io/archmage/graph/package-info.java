/**
 * The proof that a plan can run: dependencies with their reasons, cycles, batches, critical path
 * and bounds. Pure functions over values of {@code io.archmage.plan}.
 */
@NullMarked
package io.archmage.graph;

import org.jspecify.annotations.NullMarked;
