/** Whole runs by the real scheduler against models of the engine, of git and of processes. */
package io.archmage.simulation;
