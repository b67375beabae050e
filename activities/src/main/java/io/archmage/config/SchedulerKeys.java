package io.archmage.config;

import io.archmage.plan.document.BareNumber;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.MappingReader;
import java.time.Duration;
import java.util.List;

/**
 * Checks the keys of {@code scheduler}. There is one algorithm. Tasks are dispatched when something
 * happens, and limits over time say exactly when there is room, so the interval has nothing to set;
 * it is checked because documents have it.
 */
final class SchedulerKeys {

  private SchedulerKeys() {}

  static void check(MappingReader reader) {
    reader.choice(Key.of("algorithm"), List.of("priority_with_dependencies"));
    reader.duration(Key.of("check_interval"), BareNumber.MILLISECONDS, Duration.ofMillis(1));
    reader.finish();
  }
}
