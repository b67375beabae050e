package io.archmage.worker;

import io.archmage.config.WorkerRules;
import io.archmage.project.Project;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker serves.
 *
 * @param projects at least one, each with another id
 * @param queue the queue that takes the place of {@code archmage}
 * @param host names the place where attempts run: workers of one name share a state directory on
 *     one machine, so that each can go on with the attempts of the others
 * @param untilIdle it ends after that long without an open run, or never if null
 * @param onStop what it does with familiars at work when it is to stop, or null for what each
 *     project's configuration says
 */
public record WorkerSettings(
    List<Project> projects,
    String queue,
    String host,
    @Nullable Duration untilIdle,
    WorkerRules.@Nullable OnStop onStop) {

  /** What a host's name is made of, so that it can be part of a queue's. */
  public static final String HOST_FORM = "[A-Za-z0-9][A-Za-z0-9._-]*";

  /** How long a worker that starts waits for a server that does not answer. */
  public static final Duration SERVER_PATIENCE = Duration.ofSeconds(60);

  /** Copies the list. */
  public WorkerSettings {
    projects = List.copyOf(projects);
  }

  /** The same on this machine, under its own name. */
  public WorkerSettings(List<Project> projects, String queue, @Nullable Duration untilIdle) {
    this(projects, queue, WorkerIdentity.localHost(), untilIdle, null);
  }
}
