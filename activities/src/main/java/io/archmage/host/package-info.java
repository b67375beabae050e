/**
 * The activities as Temporal sees them: heartbeats, failures and the translation between the
 * contract and the packages that do the work.
 */
@NullMarked
package io.archmage.host;

import org.jspecify.annotations.NullMarked;
