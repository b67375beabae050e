/**
 * A familiar's private clone: made, snapshotted, moved to another base and removed.
 *
 * <p>Git is never run with the {@code .git} in a workspace. Who leases a workspace, and when, does
 * not belong here.
 */
@NullMarked
package io.archmage.workspace;

import org.jspecify.annotations.NullMarked;
