/**
 * Looks at what a run needs on this machine and says what to do about what is missing. Nothing is
 * started or fetched by looking.
 */
@NullMarked
package io.archmage.doctor;

import org.jspecify.annotations.NullMarked;
