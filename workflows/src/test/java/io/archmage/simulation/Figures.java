package io.archmage.simulation;

import io.archmage.report.RunStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What many runs come to. */
final class Figures {

  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private final Map<RunStatus, Integer> ends = new EnumMap<>(RunStatus.class);
  private final long began = System.nanoTime();
  private int runs;
  private int lateAnswers;
  private int violations;

  void add(SimulatedRun run) {
    runs++;
    ends.merge(run.status(), 1, Integer::sum);
    lateAnswers += run.lateAnswers();
    run.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
  }

  void violated() {
    runs++;
    violations++;
  }

  Map<Fault, Integer> faults() {
    return Collections.unmodifiableMap(faults);
  }

  /** Answers that the server had given up waiting for. */
  int lateAnswers() {
    return lateAnswers;
  }

  String line() {
    return "SIMULATION: %d runs in %d s, ended %s; %d faults: %s; %d late answers; %d violations"
        .formatted(
            runs,
            (System.nanoTime() - began) / 1_000_000_000,
            named(ends),
            faults.values().stream().mapToInt(Integer::intValue).sum(),
            named(faults),
            lateAnswers,
            violations);
  }

  private static String named(Map<? extends Enum<?>, Integer> counts) {
    return counts.entrySet()
        .stream()
        .map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT) + " "
            + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
