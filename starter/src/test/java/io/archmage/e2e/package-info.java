/** Whole runs: the command line as processes, a real server, real git, real familiars. */
@NullMarked
package io.archmage.e2e;

import org.jspecify.annotations.NullMarked;
