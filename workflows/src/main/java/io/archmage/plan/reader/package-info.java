/**
 * One reader per form of plan, from document nodes to {@code io.archmage.plan.Plan}. Whether the
 * plan can run is proven elsewhere.
 */
@NullMarked
package io.archmage.plan.reader;

import org.jspecify.annotations.NullMarked;
