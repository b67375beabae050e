package io.archmage.plan;

import java.util.List;

/**
 * What a fan-out divides among its tasks.
 *
 * @param input the directory that is divided, relative to the repository's root, without a slash at
 *     its end; the root itself is empty
 * @param partitions its parts in written order
 */
public record Split(String input, List<Partition> partitions) {

  /** Copies the list. */
  public Split {
    partitions = List.copyOf(partitions);
  }

  /** The path of a part from the repository's root, without a slash at its end. */
  public String path(Partition partition) {
    return input.isEmpty() ? partition.name() : input + "/" + partition.name();
  }

  /**
   * One part.
   *
   * @param name its path relative to the input, without a slash at its end
   * @param position where it is written, or where the split is if it was found
   */
  public record Partition(String name, Position position) {}
}
