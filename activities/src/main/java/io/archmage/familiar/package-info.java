/**
 * One attempt of one task: its prompt and surroundings, the supervised process, what it left. Knows
 * workspaces and processes, but neither Temporal nor merging.
 */
@NullMarked
package io.archmage.familiar;

import org.jspecify.annotations.NullMarked;
