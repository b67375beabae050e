package io.archmage.cli;

import io.archmage.server.TemporalConnection;
import io.archmage.settings.StateDirectory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the commands need of the engine; loaded when first used, since some of it is heavy. */
interface Engine {

  /**
   * Opens the repository that a directory belongs to, with its configuration.
   *
   * @param state where Archmage keeps its own files
   * @param directory any directory in it
   * @param configuration the configuration given explicitly, or null for the repository's own
   * @throws RuntimeException with a message for people if there is no repository or the
   *     configuration is wrong
   */
  OpenedProject openProject(StateDirectory state, Path directory, @Nullable Path configuration);

  /** Serves runs in this process until it is told to end; returns then. */
  void runWorker(WorkerRequest request) throws InterruptedException;

  /** Answers queries on a queue, and nothing else, in this process until closed. */
  QueryWorker answerQueries(TemporalConnection server, String queue);

  /** A worker that only answers queries. */
  interface QueryWorker {

    /** Ends it. */
    void close();
  }
}
