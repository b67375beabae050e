package io.archmage.cli;

import io.archmage.server.TemporalConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A worker to be run.
 *
 * @param repositories directories of the repositories it serves, at least one
 * @param configuration the configuration given explicitly, or null for each repository's own
 * @param queue the queue whose runs it takes
 * @param server the server it polls
 * @param untilIdle it ends after that long without work; null: never
 * @param trust whether commands in the repositories' own configurations are approved
 * @param notes gets single lines for the person who watches
 */
record WorkerRequest(
    List<Path> repositories,
    @Nullable Path configuration,
    String queue,
    TemporalConnection server,
    @Nullable Duration untilIdle,
    boolean trust,
    Consumer<String> notes) {

  /** Copies the list. */
  WorkerRequest {
    repositories = List.copyOf(repositories);
  }
}
