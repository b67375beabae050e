/**
 * The pure scheduling core: one function from a state and an event to the next state and the
 * decisions to carry out. It runs inside workflow code and in the dry run alike, so it must give
 * the same answer for the same input on every machine.
 */
@NullMarked
package io.archmage.schedule;

import org.jspecify.annotations.NullMarked;
