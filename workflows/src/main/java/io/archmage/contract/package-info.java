/**
 * The process boundary: activity interfaces, their requests and results, and the failure types.
 * Everything here is written to Temporal histories, so fields are only added, never renamed.
 */
@NullMarked
package io.archmage.contract;

import org.jspecify.annotations.NullMarked;
