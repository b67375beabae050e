package io.archmage.durable;

import io.archmage.simulation.SeededPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a host keeps of one run; it writes down every promise that is broken. */
final class FaultyRun {

  final SeededPlan plan;
  final List<String> violations = new ArrayList<>();
  private final Map<String, Boolean> ends = new TreeMap<>();
  private final Map<String, String> conflicts = new TreeMap<>();
  private final List<String> merged = new ArrayList<>();
  private int inFlight;
  volatile @Nullable String published;
  volatile @Nullable String closed;

  FaultyRun(long seed) {
    plan = new SeededPlan(seed);
  }

  int index(String task) {
    for (int index = 0; index < plan.tasks().size(); index++) {
      if (plan.tasks().get(index).id().equals(task)) {
        return index;
      }
    }
    throw new AssertionError("there is no task " + task);
  }

  synchronized void enter() {
    if (++inFlight > plan.maxParallel()) {
      violations.add(inFlight + " attempts at once");
    }
  }

  synchronized void leave() {
    inFlight--;
  }

  /** Runs an attempt unless it has ended before; tells whether it ended well. */
  synchronized boolean attempt(String task, int attempt, int base) {
    String key = task + "#" + attempt;
    if (!ends.containsKey(key)) {
      for (int need : plan.tasks().get(index(task)).needs()) {
        String other = plan.tasks().get(need).id();
        boolean there =
            merged.subList(0, base).stream().anyMatch(mark -> mark.startsWith(other + "#"));
        if (plan.changes(need) && !there) {
          violations.add(key + " began without the work of " + other);
        }
      }
      ends.put(key, plan.draw(5, "fails", index(task), attempt) > 0);
    }
    return ends.get(key);
  }

  /** Merges an attempt unless that was done before; the head that has it, null for a conflict. */
  synchronized @Nullable String merge(String task, int attempt, String knownHead) {
    String key = task + "#" + attempt;
    if (!knownHead.equals("h0") && Integer.parseInt(knownHead.substring(1)) > merged.size()) {
      violations.add("the run knows of " + knownHead + ", the branch is at " + head());
    }
    if (conflicts.containsKey(key)
        || attempt == 1 && !merged.contains(key) && plan.draw(8, "collides", index(task)) == 0) {
      conflicts.put(key, head());
      return null;
    }
    if (!merged.contains(key)) {
      if (merged.stream().anyMatch(mark -> mark.startsWith(task + "#"))) {
        violations.add(task + " is merged twice");
      }
      merged.add(key);
    }
    return "h" + (merged.indexOf(key) + 1);
  }

  synchronized String head() {
    return "h" + merged.size();
  }

  synchronized boolean isMerged(String task) {
    return merged.stream().anyMatch(mark -> mark.startsWith(task + "#"));
  }

  synchronized int ended(String task) {
    return (int) ends.keySet().stream().filter(key -> key.startsWith(task + "#")).count();
  }
}
