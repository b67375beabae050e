package io.archmage.config;

import io.archmage.plan.document.BareNumber;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.MappingReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a worker does with the familiars at work when it is asked to stop.
 *
 * @param onStop whether it waits for them
 * @param drainTimeout how long it waits at most
 */
public record WorkerRules(OnStop onStop, Duration drainTimeout) {

  /** Whether a worker waits. */
  public enum OnStop {
    /** It lets go of them at once; they go on, and the next worker follows them. */
    DETACH,
    /** It takes nothing new and waits until they have ended. */
    DRAIN;

    /** The names in documents and options: lower case. */
    public static final List<String> KEYS =
        Arrays.stream(values()).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();

    /** The one of that name. */
    public static Optional<OnStop> ofKey(String key) {
      return KEYS.contains(key)
          ? Optional.of(valueOf(key.toUpperCase(Locale.ROOT)))
          : Optional.empty();
    }
  }

  /** What holds where nothing is said. */
  public static final WorkerRules DEFAULT =
      new WorkerRules(OnStop.DETACH, Duration.ofMinutes(30));

  /** Reads the mapping {@code worker}. */
  static WorkerRules read(MappingReader reader, WorkerRules rules) {
    WorkerRules read =
        new WorkerRules(
            reader.choice(Key.of("on_stop"), OnStop.KEYS)
                .flatMap(OnStop::ofKey)
                .orElse(rules.onStop()),
            reader
                .duration(Key.of("drain_timeout"), BareNumber.REFUSED, Duration.ofSeconds(1))
                .orElse(rules.drainTimeout()));
    reader.finish();
    return read;
  }
}
