/**
 * Runs that workers on several machines share through a remote: its refs are the truth, and change
 * by compare-and-swap alone.
 */
@NullMarked
package io.archmage.share;

import org.jspecify.annotations.NullMarked;
