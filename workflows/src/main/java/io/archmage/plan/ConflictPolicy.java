package io.archmage.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What happens when a task's work does not merge with the run's head. */
public enum ConflictPolicy {
  /** The task is run again on the merged head, once; a second conflict fails it. */
  RERUN,
  /** The task waits for a person, who resolves the conflict or has the task run again. */
  ASK;

  /** The names of all in documents. */
  public static final List<String> KEYS =
      Arrays.stream(values()).map(ConflictPolicy::key).toList();

  /** The name in documents: lower case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The policy of that name in documents, or empty. */
  public static Optional<ConflictPolicy> ofKey(String key) {
    return Arrays.stream(values()).filter(policy -> policy.key().equals(key)).findFirst();
  }
}
