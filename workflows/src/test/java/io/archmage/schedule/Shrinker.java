package io.archmage.schedule;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Looks for the smallest input that still fails. */
public final class Shrinker {

  private Shrinker() {}

  /**
   * Runs a check.
   *
   * @throws AssertionError with the input made as small as it gets, if the check fails
   */
  public static <T> void check(T input, Function<T, Iterable<T>> smaller, Check<T> check) {
    Optional<Throwable> failure = failure(input, check);
    if (failure.isEmpty()) {
      return;
    }
    T smallest = shrink(input, smaller, candidate -> failure(candidate, check).isPresent());
    Throwable cause = failure(smallest, check).orElseThrow();
    throw new AssertionError("fails for " + smallest + ": " + cause.getMessage(), cause);
  }

  /** Takes the first smaller input that still fails until none does. */
  public static <T> T shrink(T input, Function<T, Iterable<T>> smaller,
      Function<T, Boolean> fails) {
    UnaryOperator<T> step =
        current -> {
          for (T candidate : smaller.apply(current)) {
            if (fails.apply(candidate)) {
              return candidate;
            }
          }
          return current;
        };
    T current = input;
    for (T next = step.apply(current); next != current; next = step.apply(current)) {
      current = next;
    }
    return current;
  }

  private static <T> Optional<Throwable> failure(T input, Check<T> check) {
    try {
      check.run(input);
      return Optional.empty();
    } catch (AssertionError | RuntimeException failure) {
      return Optional.of(failure);
    }
  }

  /** Throws if the input violates a property. */
  @FunctionalInterface
  public interface Check<T> {
    void run(T input);
  }
}
