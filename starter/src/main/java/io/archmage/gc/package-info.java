/**
 * Removes what ended runs left: refs of work that is reachable elsewhere, folders, logs and dead
 * locks. Never runs a garbage collection of git objects: what nothing refers to is git's own to
 * expire.
 */
@NullMarked
package io.archmage.gc;

import org.jspecify.annotations.NullMarked;
