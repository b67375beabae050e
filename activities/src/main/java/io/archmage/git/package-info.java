/**
 * Repository values and operations: native git with a fixed environment, JGit for objects and refs.
 *
 * <p>What a workspace or a merge is does not belong here.
 */
@NullMarked
package io.archmage.git;

import org.jspecify.annotations.NullMarked;
