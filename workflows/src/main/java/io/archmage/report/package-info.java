/** What a run tells people and programs: the report, the status view, the timeline; values only. */
@NullMarked
package io.archmage.report;

import org.jspecify.annotations.NullMarked;
