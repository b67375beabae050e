package io.archmage.contract;

import org.jspecify.annotations.Nullable;

/**
 * A file that two tasks changed in ways that do not merge.
 *
 * @param path the file
 * @param kind what collides, for people, such as {@code both edited the same lines}
 * @param otherTask the task whose integrated work is on the other side, or null if unknown
 */
@Wire
public record FileConflict(String path, String kind, @Nullable String otherTask) {}
