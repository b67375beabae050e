package io.archmage.cli;

import io.archmage.config.WorkerRules;
import io.archmage.server.TemporalConnection;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker to be run.
 *
 * @param projects what it serves, at least one
 * @param queue the queue whose runs it takes
 * @param host the name of this host in queues
 * @param server the server it polls
 * @param untilIdle it ends after that long without work; null: never
 * @param onStop what becomes of familiars at work when it is stopped; null: as configured
 */
record WorkerRequest(
    List<OpenedProject> projects,
    String queue,
    String host,
    TemporalConnection server,
    @Nullable Duration untilIdle,
    WorkerRules.@Nullable OnStop onStop) {

  /** Copies the list. */
  WorkerRequest {
    projects = List.copyOf(projects);
  }
}
