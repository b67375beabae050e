/**
 * What a run of a plan would do, computed from the plan alone: the order, the reasons and the times
 * by estimates. Pure values and functions, for the dry run on a client and for views of a run.
 */
@NullMarked
package io.archmage.preview;

import org.jspecify.annotations.NullMarked;
