/**
 * How long tasks took in earlier runs on this machine, and what is to be expected of later ones.
 * What runs leave in their repository is the business of {@link io.archmage.prepare}.
 */
@NullMarked
package io.archmage.history;

import org.jspecify.annotations.NullMarked;
