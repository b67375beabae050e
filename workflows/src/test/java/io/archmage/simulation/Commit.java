package io.archmage.simulation;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A commit as a value: the same content is the same commit.
 *
 * @param parents ids
 * @param tree lines of each file; their order does not count
 * @param mark {@code task#attempt} of the work, or what else made it
 * @param when in milliseconds
 */
record Commit(
    List<String> parents, SortedMap<String, SortedSet<String>> tree, String mark, long when) {}
