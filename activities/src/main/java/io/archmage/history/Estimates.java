package io.archmage.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How long tasks of each kind are expected to take: the median of what they took, in whole seconds
 * and two digits at most, so that small differences change no order.
 */
public final class Estimates {

  private final Map<TaskTime.Kind, Duration> byKind = new TreeMap<>();
  private final Map<String, Duration> byFamiliar = new TreeMap<>();

  private Estimates() {}

  /** Estimates by the run times of each kind, in milliseconds. */
  static Estimates of(Map<TaskTime.Kind, List<Long>> kinds) {
    Estimates estimates = new Estimates();
    Map<String, List<Long>> familiars = new TreeMap<>();
    kinds.forEach(
        (kind, millis) -> {
          if (!millis.isEmpty()) {
            estimates.byKind.put(kind, median(millis));
            familiars.computeIfAbsent(kind.familiar(), name -> new ArrayList<>())
                .addAll(millis);
          }
        });
    familiars.forEach((name, millis) -> estimates.byFamiliar.put(name, median(millis)));
    return estimates;
  }

  /** What the familiar needed for tasks with that action, else for any task. */
  public Optional<Duration> of(String familiar, @Nullable String action) {
    return Optional.ofNullable(byKind.get(TaskTime.Kind.of(familiar, action)))
        .or(() -> Optional.ofNullable(byFamiliar.get(familiar)));
  }

  private static Duration median(List<Long> millis) {
    long median = millis.stream().sorted().skip((millis.size() - 1) / 2).findFirst().orElseThrow();
    long seconds = Math.max(1, Math.round(median / 1_000.0));
    long digit = 1;
    while (seconds / digit >= 100) {
      digit *= 10;
    }
    return Duration.ofSeconds(Math.round((double) seconds / digit) * digit);
  }
}
