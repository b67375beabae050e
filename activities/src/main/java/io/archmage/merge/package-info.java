/**
 * Brings attempts together on the run's branch and the branch to its target; conflicts are values.
 *
 * <p>What to do about a conflict does not belong here.
 */
@NullMarked
package io.archmage.merge;

import org.jspecify.annotations.NullMarked;
