package io.archmage.graph;

import io.archmage.plan.DependencyType;
import org.jspecify.annotations.Nullable;

/**
 * One task comes before another.
 *
 * @param from index of the earlier task in declared order
 * @param to index of the later task in declared order
 * @param type hard edges gate, soft ones only break ties
 * @param because where the edge comes from
 * @param detail evidence for people, such as the shared file, or null
 */
public record Edge(
    int from, int to, DependencyType type, EdgeReason because, @Nullable String detail) {}
