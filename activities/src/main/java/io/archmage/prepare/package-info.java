/**
 * What comes before the first task and after the last one: finding the repository of a run, proving
 * its plan against configuration and base commit, claiming its name, storing its report.
 */
@NullMarked
package io.archmage.prepare;

import org.jspecify.annotations.NullMarked;
