package io.archmage.durable;

import io.archmage.contract.FileConflict;
import java.util.List;

/** A merge conflict in words, with both sides named. */
final class ConflictText {

  /** Files named one by one; the rest are counted. */
  private static final int NAMED = 10;

  private ConflictText() {}

  static String of(String task, List<FileConflict> conflicts) {
    return "conflict: " + files(task, conflicts);
  }

  /** The files with what is wrong, and whose work it is. */
  static String files(String task, List<FileConflict> conflicts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(NAMED, conflicts.size()); i++) {
      FileConflict conflict = conflicts.get(i);
      if (i > 0) {
        text.append("; ");
      }
      text.append(conflict.path()).append(" (").append(conflict.kind()).append(": ").append(task);
      text.append(
          conflict.otherTask() == null ? " and the run's head" : " and " + conflict.otherTask());
      text.append(')');
    }
    if (conflicts.size() > NAMED) {
      text.append("; and ").append(conflicts.size() - NAMED).append(" more files");
    }
    return text.toString();
  }
}
