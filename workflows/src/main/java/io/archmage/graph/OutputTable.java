package io.archmage.graph;

import io.archmage.plan.TaskSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** The different output patterns of a plan and who has them; read-only tasks write nothing. */
final class OutputTable {

  private final List<String> texts;
  private final List<OutputPattern> patterns = new ArrayList<>();
  private final List<List<Integer>> writers = new ArrayList<>();
  private final List<List<Integer>> ofTask = new ArrayList<>();
  private final OverlapIndex overlaps;

  OutputTable(TaskIndex index, PlanSurroundings surroundings) {
    Map<String, OutputPattern> parsed = new LinkedHashMap<>();
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (int task = 0; task < index.size(); task++) {
      TaskSpec spec = index.task(task);
      SequencedSet<Integer> own = new LinkedHashSet<>();
      for (String text : spec.readOnly() ? List.<String>of() : spec.outputs()) {
        OutputPattern pattern =
            parsed.computeIfAbsent(
                text, key -> OutputPattern.of(key, surroundings::isDirectory));
        int number = numbers.computeIfAbsent(pattern.toString(), key -> numbers.size());
        if (number == patterns.size()) {
          patterns.add(pattern);
          writers.add(new ArrayList<>());
        }
        if (own.add(number)) {
          writers.get(number).add(task);
        }
      }
      ofTask.add(List.copyOf(own));
    }
    texts = List.copyOf(numbers.keySet());
    overlaps = new OverlapIndex(patterns);
  }

  /** How many different patterns there are; a number below names one. */
  int size() {
    return texts.size();
  }

  String text(int pattern) {
    return texts.get(pattern);
  }

  /** The tasks with a pattern, ascending. */
  List<Integer> writers(int pattern) {
    return writers.get(pattern);
  }

  /** The patterns of a task. */
  List<Integer> of(int task) {
    return ofTask.get(task);
  }

  /** The patterns that overlap one, itself included. */
  List<Integer> overlapping(int pattern) {
    return overlaps.overlapping(pattern);
  }

  /** The narrower of two patterns; of equally narrow ones the first declared. */
  int narrower(int one, int other) {
    int first = Math.min(one, other);
    int second = Math.max(one, other);
    return patterns.get(second).narrowness() > patterns.get(first).narrowness() ? second : first;
  }

  /** Texts of the patterns of two tasks that overlap, the narrower of each pair. */
  List<String> shared(int one, int other) {
    SequencedSet<String> shared = new LinkedHashSet<>();
    for (int mine : of(one)) {
      for (int theirs : of(other)) {
        if (overlapping(mine).contains(theirs)) {
          shared.add(text(narrower(mine, theirs)));
        }
      }
    }
    return List.copyOf(shared);
  }
}
