package io.archmage.worker;

import io.archmage.fault.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds workers at steps. In a process of its own a worker that reaches a step for which there is a
 * file {@code stop-STEP} renames it to {@code at-STEP} and waits to be killed; in this process a
 * test hears of every step.
 */
public final class StepControl implements Step.Listener {

  /** Names the folder of those files to a worker. */
  static final String VARIABLE = "ARCHMAGE_TEST_STEPS";

  private static volatile @Nullable Consumer<Step> here;

  private final @Nullable String folder = System.getenv(VARIABLE);

  /** From now on that is told of every step in this process; null for nobody. */
  public static void tell(@Nullable Consumer<Step> listener) {
    here = listener;
  }

  /** Lets the next worker that reaches the step wait there. */
  static void stopAt(Path folder, Step step) throws IOException {
    Files.createDirectories(folder);
    Files.createFile(folder.resolve("stop-" + step));
  }

  /** Whether a worker waits at the step. */
  static boolean isAt(Path folder, Step step) {
    return Files.exists(folder.resolve("at-" + step));
  }

  /** Forgets that a worker was to stop, or did. */
  static void forget(Path folder, Step step) throws IOException {
    Files.deleteIfExists(folder.resolve("stop-" + step));
    Files.deleteIfExists(folder.resolve("at-" + step));
  }

  @Override
  public void reached(Step step) {
    Consumer<Step> listener = here;
    if (listener != null) {
      listener.accept(step);
    }
    if (folder != null && isToStop(Path.of(folder), step)) {
      try {
        // Nothing wakes it: it is killed.
        TimeUnit.HOURS.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean isToStop(Path folder, Step step) {
    try {
      Files.move(
          folder.resolve("stop-" + step),
          folder.resolve("at-" + step),
          StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
