package io.archmage.worker;

import io.archmage.durable.WorkflowNames;
import io.archmage.project.Project;
import io.archmage.report.RunEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.common.SimplePlugin;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets any Temporal worker serve runs of Archmage, too: all that {@code archmage worker} does for
 * one or more repositories begins and ends with the worker factory that has this plugin.
 *
 * <pre>{@code
 * WorkerFactory factory =
 *     WorkerFactory.newInstance(
 *         client,
 *         WorkerFactoryOptions.newBuilder()
 *             .setPlugins(ArchmagePlugin.serving(Path.of("/srv/shop")))
 *             .build());
 * factory.newWorker("release").registerWorkflowImplementationTypes(ReleaseWorkflowImpl.class);
 * factory.start();
 * }</pre>
 *
 * <p>Their workflows start a run as a child, of type {@code Plan}, {@code Parallel} and so on, on
 * the queue {@code archmage} or the one given to {@link ArchmagePluginBuilder#taskQueue}. The
 * child's result is a {@link io.archmage.report.RunReport}; a run that was not wholly successful
 * fails with an {@link io.temporal.failure.ApplicationFailure} of type {@link
 * io.archmage.contract.FailureTypes#RUN_NOT_SUCCESSFUL}, whose first detail is the report.
 *
 * <p>Archmage's queues get workers of their own, with the client's connection, namespace, data
 * converter and interceptors, but not with other plugins or with the factory's options. The data
 * converter may encrypt or compress; it must carry records with times, as Temporal's own does.
 *
 * <p>{@link WorkerFactory#shutdown()} lets go of the familiars that run, which the next worker of
 * this host follows; it waits for Archmage's workers, 20 seconds at most. Thread-safe.
 */
public final class ArchmagePlugin extends SimplePlugin {

  /** How the plugin is called in Temporal's messages. */
  public static final String NAME = "io.archmage";

  private final WorkerSettings settings;
  private @Nullable Serving serving;

  /** What runs for a factory that was started. */
  private record Serving(WorkerFactory factory, BackgroundWorkers workers) {}

  ArchmagePlugin(WorkerSettings settings) {
    super(NAME);
    this.settings = settings;
  }

  /**
   * Serves repositories with their own configurations, as far as a person has approved those on
   * this machine, on the queue {@code archmage}.
   *
   * @param repositories any directory in each, at least one
   * @throws RuntimeException as {@link ArchmagePluginBuilder#build} does
   */
  public static ArchmagePlugin serving(Path... repositories) {
    ArchmagePluginBuilder builder = newBuilder();
    for (Path repository : repositories) {
      builder.repository(repository);
    }
    return builder.build();
  }

  /** Begins with no repository. */
  public static ArchmagePluginBuilder newBuilder() {
    return new ArchmagePluginBuilder();
  }

  /** The queue on which runs of these repositories are started. */
  public String taskQueue() {
    return settings.queue();
  }

  /** Refuses a worker on a queue of Archmage's: each would get what only the other can do. */
  @Override
  public void initializeWorker(String taskQueue, Worker worker) {
    if (isOurs(taskQueue)) {
      throw new IllegalArgumentException(
          "The queue "
              + taskQueue
              + " is Archmage's. Give your worker another one, or Archmage, with taskQueue(…).");
    }
    super.initializeWorker(taskQueue, worker);
  }

  private boolean isOurs(String taskQueue) {
    if (taskQueue.equals(settings.queue())) {
      return true;
    }
    for (Project project : settings.projects()) {
      String queue = WorkflowNames.repositoryQueue(settings.queue(), project.id());
      if (taskQueue.equals(queue) || taskQueue.startsWith(queue + "@")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void startWorkerFactory(WorkerFactory factory, Consumer<WorkerFactory> next) {
    begin(factory);
    try {
      super.startWorkerFactory(factory, next);
    } catch (RuntimeException | Error failed) {
      end(factory);
      throw failed;
    }
  }

  @Override
  public void shutdownWorkerFactory(WorkerFactory factory, Consumer<WorkerFactory> next) {
    try {
      super.shutdownWorkerFactory(factory, next);
    } finally {
      end(factory);
    }
  }

  private synchronized void begin(WorkerFactory factory) {
    if (serving != null) {
      throw new IllegalStateException(
          "This ArchmagePlugin serves with another worker factory already. Set it on the options"
              + " of one factory, not on the client's, or make one for each.");
    }
    WorkflowClient client = factory.getWorkflowClient();
    requireUsable(client.getOptions().getDataConverter());
    serving = new Serving(factory, BackgroundWorkers.start(client, settings));
  }

  private synchronized void end(WorkerFactory factory) {
    if (serving != null && serving.factory() == factory) {
      serving.workers().close();
      serving = null;
    }
  }

  private static void requireUsable(DataConverter converter) {
    RunEvent sent = new RunEvent(Instant.EPOCH.plusMillis(1), "run_started", null, "a text");
    Optional<RunEvent> received;
    try {
      received =
          converter.toPayload(sent)
              .map(payload -> converter.fromPayload(payload, RunEvent.class, RunEvent.class));
    } catch (DataConverterException unable) {
      throw new IllegalStateException(unusable(), unable);
    }
    if (!received.equals(Optional.of(sent))) {
      throw new IllegalStateException(unusable());
    }
  }

  private static String unusable() {
    return "The client's data converter cannot carry Archmage's records with their times. Use"
        + " Temporal's default converter, with codecs as you like.";
  }
}
