/**
 * What the user wrote: plans, their tasks and the readers of every input form. Values and parsing
 * only; nothing here knows Temporal, files, processes or clocks.
 */
@NullMarked
package io.archmage.plan;

import org.jspecify.annotations.NullMarked;
