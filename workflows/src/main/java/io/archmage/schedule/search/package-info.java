/**
 * Better orders for plans: schedules of a project whose tasks share resources, searched at plan
 * time within a bound of work. Pure arithmetic on indices and milliseconds; what a run does with an
 * order is the business of {@link io.archmage.schedule}.
 */
@NullMarked
package io.archmage.schedule.search;

import org.jspecify.annotations.NullMarked;
