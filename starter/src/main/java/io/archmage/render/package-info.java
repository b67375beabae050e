/**
 * Turns reports, status pages and timelines into text for people: pure functions from values to
 * strings, and the painter that repaints a block of a terminal. Asks no server and reads no file.
 */
@NullMarked
package io.archmage.render;

import org.jspecify.annotations.NullMarked;
