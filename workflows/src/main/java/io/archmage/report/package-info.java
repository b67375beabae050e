/** What a run tells people and programs: the report, the status view and the timeline, as values. */
@NullMarked
package io.archmage.report;

import org.jspecify.annotations.NullMarked;
