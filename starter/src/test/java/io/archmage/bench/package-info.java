/** Measurements, started by {@code benchmarks/run}; no part of the tests. */
@NullMarked
package io.archmage.bench;

import org.jspecify.annotations.NullMarked;
