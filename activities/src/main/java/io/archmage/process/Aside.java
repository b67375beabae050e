package io.archmage.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Something that is done while the caller does something else, on a thread of its own.
 *
 * @param <T> what comes of it
 */
public final class Aside<T> implements AutoCloseable {

  /** What is done. */
  public interface Action<T> {
    /** Does it. */
    T run() throws IOException;
  }

  private final CompletableFuture<T> result;

  private Aside(CompletableFuture<T> result) {
    this.result = result;
  }

  /** Begins it. */
  public static <T> Aside<T> start(Action<T> action) {
    return new Aside<>(
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return action.run();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            task -> Thread.ofVirtual().start(task)));
  }

  /** Whether it has ended, well or badly. */
  public boolean isDone() {
    return result.isDone();
  }

  /** Waits for its end; what it threw is thrown here. */
  public T join() throws IOException {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException wrapped) {
        throw wrapped.getCause();
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Waits for its end, so that nothing of it goes on after the caller has failed. */
  @Override
  public void close() {
    result.exceptionally(failed -> null).join();
  }
}
