package io.archmage.graph;

import io.archmage.plan.TaskId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tasks that depend on each other in a circle: each comes before the next, the last before the
 * first.
 *
 * @param tasks at least two, beginning with the first declared one
 */
public record Cycle(List<TaskId> tasks) {

  private static final int MAX_SHOWN = 20;

  /** Copies the list. */
  public Cycle {
    tasks = List.copyOf(tasks);
  }

  /** The tasks with arrows that mean "before": {@code a -> b -> a}. */
  public String arrows() {
    String shown =
        tasks.stream().limit(MAX_SHOWN).map(TaskId::value).collect(Collectors.joining(" -> "));
    String more = tasks.size() > MAX_SHOWN ? " -> … (" + rest() + " more)" : "";
    return shown + more + " -> " + tasks.getFirst();
  }

  /** One line for logs: {@code [(a, b, a)]}. */
  public String tuple() {
    return Stream.concat(tasks.stream(), Stream.of(tasks.getFirst()))
        .map(TaskId::value)
        .collect(Collectors.joining(", ", "[(", ")]"));
  }

  /**
   * The message without its fix: the arrows, a blank line, and each task with what it depends on.
   *
   * @param noun what the plan calls its tasks, in the plural with a capital: {@code Tasks}
   */
  public String message(String noun) {
    StringBuilder text = new StringBuilder("Circular dependency detected: ").append(arrows());
    text.append("\n\n").append(noun).append(" involved in cycle:");
    for (int i = 0; i < Math.min(MAX_SHOWN, tasks.size()); i++) {
      TaskId before = tasks.get((i + tasks.size() - 1) % tasks.size());
      text.append("\n  ").append(i + 1).append(". ").append(tasks.get(i));
      text.append(" depends on ").append(before);
    }
    if (tasks.size() > MAX_SHOWN) {
      text.append("\n  … and ").append(rest()).append(" more");
    }
    return text.toString();
  }

  /** The whole error text with the word ERROR before and the fix after the message. */
  public String errorText(String noun) {
    return "ERROR: " + message(noun) + "\n\nFix: " + fix();
  }

  /** What to do about it. */
  public String fix() {
    return "Remove one dependency to break the cycle.";
  }

  private int rest() {
    return tasks.size() - MAX_SHOWN;
  }
}
