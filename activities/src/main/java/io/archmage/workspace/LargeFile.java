package io.archmage.workspace;

/**
 * A changed file which is large.
 *
 * @param path relative to the top
 * @param bytes its size
 * @param integrated whether it is part of what is integrated
 */
public record LargeFile(String path, long bytes, boolean integrated) {}
