package io.archmage.structural;

import io.archmage.structural.Outline.Leaf;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** The three versions of a file that are to be merged, and their leaves. */
final class Versions {
  final Outline base;
  final Outline left;
  final Outline right;
  private final Map<String, Leaf> baseLeaves;
  private final Map<String, Leaf> leftLeaves;
  private final Map<String, Leaf> rightLeaves;

  /** One leaf as each version has it, null where it is missing. */
  record Triple(@Nullable Leaf base, @Nullable Leaf left, @Nullable Leaf right) {

    boolean leftChanged() {
      return !same(base, left);
    }

    boolean rightChanged() {
      return !same(base, right);
    }

    /** Whether both changed it, and not to the same. */
    boolean isContested() {
      return leftChanged() && rightChanged() && !same(left, right);
    }

    /** What must come out unless it is contested. */
    @Nullable
    Leaf expected() {
      return leftChanged() ? left : right;
    }

    /** Any version of it. */
    Leaf any() {
      if (base != null) {
        return base;
      }
      if (left != null) {
        return left;
      }
      if (right != null) {
        return right;
      }
      throw new IllegalStateException("a leaf of no version");
    }

    private static boolean same(@Nullable Leaf one, @Nullable Leaf other) {
      return one == null ? other == null : one.sameText(other);
    }
  }

  Versions(Outline base, Outline left, Outline right) {
    this.base = base;
    this.left = left;
    this.right = right;
    baseLeaves = base.leaves();
    leftLeaves = left.leaves();
    rightLeaves = right.leaves();
  }

  /** The paths of all leaves. */
  SequencedSet<String> paths() {
    SequencedSet<String> paths = new LinkedHashSet<>(leftLeaves.keySet());
    paths.addAll(rightLeaves.keySet());
    paths.addAll(baseLeaves.keySet());
    return paths;
  }

  Triple at(String path) {
    return new Triple(baseLeaves.get(path), leftLeaves.get(path), rightLeaves.get(path));
  }
}
