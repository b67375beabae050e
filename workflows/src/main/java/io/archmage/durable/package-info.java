/**
 * The workflows that Temporal users start: thin deterministic shells that carry out what {@code
 * io.archmage.schedule} decides. No clock, randomness, thread or I/O of their own.
 */
@NullMarked
package io.archmage.durable;

import org.jspecify.annotations.NullMarked;
