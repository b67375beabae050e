/**
 * Operating system processes: short helper commands, and familiars that run under a supervisor of
 * their own so that they outlive the worker, can be found again, and end with their whole tree.
 * Nothing here knows git, Temporal or plans.
 */
@NullMarked
package io.archmage.process;

import org.jspecify.annotations.NullMarked;
