package io.archmage.worker;

import io.archmage.durable.WorkflowNames;
import io.archmage.host.FamiliarActivitiesImpl;
import io.archmage.host.OpenRunActivityImpl;
import io.archmage.host.PersonActivitiesImpl;
import io.archmage.host.RunActivitiesImpl;
import io.archmage.prepare.RunRouting;
import io.archmage.process.Supervisor;
import io.archmage.project.Project;
import io.archmage.project.Projects;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves runs of repositories until it is told to stop or has nothing to do. A stop lets go of the
 * familiars that run; the next worker follows them.
 */
public final class WorkerProcess {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

  /** How soon an activity learns that it was cancelled. */
  private static final Duration HEARTBEAT_THROTTLE = Duration.ofSeconds(1);

  private static final Duration SWEEP = Duration.ofSeconds(15);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  /** More attempts than one machine can carry; the runs' own limits are far below. */
  private static final int MAX_ATTEMPTS = 1_000;

  private final WorkflowClient client;
  private final WorkerSettings settings;
  private final Supervisor supervisor = new Supervisor();
  private final Projects projects;
  private final List<WorkerFactory> factories = new ArrayList<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** A worker that polls that client's server. */
  public WorkerProcess(WorkflowClient client, WorkerSettings settings) {
    this.client = client;
    this.settings = settings;
    this.projects = new Projects(settings.projects());
  }

  /** Serves until told to stop, or idle; the calling thread waits. */
  public void run() throws InterruptedException {
    Thread hook = Thread.ofPlatform().name("archmage-stop").unstarted(this::stopAndWait);
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      do {
        serve();
      } while (stop.getCount() > 0 && startedAtTheLastMoment());
    } finally {
      stopped.countDown();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      LOG.debug("stopped by a signal", alreadyEnding);
    }
  }

  /** Asks it to stop; returns at once. */
  public void requestStop() {
    stop.countDown();
  }

  private void stopAndWait() {
    requestStop();
    try {
      if (!stopped.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("still stopping after {} s", STOP_LIMIT.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void start() {
    RunRouting routing =
        new RunRouting(
            projects, settings.queue(), WorkerIdentity.localHost(), new ServerPollers(client));
    OpenRunActivityImpl open = new OpenRunActivityImpl(routing);
    WorkerFactory shared = factory(settings.projects());
    Worker front = shared.newWorker(settings.queue(), options());
    WorkflowTypes.register(front);
    front.registerActivitiesImplementations(open);
    for (Project project : settings.projects()) {
      WorkerFactory factory = factory(List.of(project));
      String queue = WorkflowNames.repositoryQueue(settings.queue(), project.id());
      Worker runs = factory.newWorker(queue, options());
      WorkflowTypes.register(runs);
      runs.registerActivitiesImplementations(
          open,
          new RunActivitiesImpl(projects, supervisor),
          new PersonActivitiesImpl(projects, System.getenv()));
      String host =
          WorkflowNames.hostQueue(settings.queue(), project.id(), WorkerIdentity.localHost());
      factory
          .newWorker(host, options())
          .registerActivitiesImplementations(
              new FamiliarActivitiesImpl(projects, supervisor, System.getenv()));
    }
    factories.forEach(WorkerFactory::start);
  }

  private WorkerFactory factory(List<Project> served) {
    WorkflowClient named =
        WorkflowClient.newInstance(
            client.getWorkflowServiceStubs(),
            WorkflowClientOptions.newBuilder(client.getOptions())
                .setIdentity(WorkerIdentity.of(served).toString())
                .build());
    WorkerFactory factory =
        WorkerFactory.newInstance(
            named,
            WorkerFactoryOptions.newBuilder().setUsingVirtualWorkflowThreads(true).build());
    factories.add(factory);
    return factory;
  }

  private static WorkerOptions options() {
    return WorkerOptions.newBuilder()
        .setUsingVirtualThreads(true)
        .setMaxConcurrentActivityExecutionSize(MAX_ATTEMPTS)
        .setMaxHeartbeatThrottleInterval(HEARTBEAT_THROTTLE)
        .setDefaultHeartbeatThrottleInterval(HEARTBEAT_THROTTLE)
        .build();
  }

  private void serve() throws InterruptedException {
    try {
      start();
      LOG.info("serving {} on queue {}", WorkerIdentity.of(settings.projects()), settings.queue());
      waitForTheEnd();
    } finally {
      shutDown();
    }
  }

  /** A client that saw this worker poll may have started a run while it was ending. */
  private boolean startedAtTheLastMoment() {
    try {
      return new IdleWatch(client, queues(), Duration.ZERO).openRuns() > 0;
    } catch (StatusRuntimeException unreachable) {
      LOG.warn("the server does not answer: {}", unreachable.getStatus());
      return false;
    }
  }

  private void waitForTheEnd() throws InterruptedException {
    Duration untilIdle = settings.untilIdle();
    IdleWatch idle =
        untilIdle == null ? null : new IdleWatch(client, queues(), untilIdle);
    Duration pause =
        idle == null || SWEEP.compareTo(idle.interval()) < 0 ? SWEEP : idle.interval();
    do {
      sweep();
      if (idle != null && endsIdle(idle)) {
        return;
      }
    } while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS));
  }

  private boolean endsIdle(IdleWatch idle) {
    try {
      return idle.isIdle();
    } catch (StatusRuntimeException unreachable) {
      LOG.warn("the server does not answer: {}", unreachable.getStatus());
      return idle.isOverdue() && !hasAttempts();
    }
  }

  /** Whether a run has anything on this machine: its familiars go on while the server is away. */
  private boolean hasAttempts() {
    for (Project project : settings.projects()) {
      try {
        if (!project.folders().runs().isEmpty()) {
          return true;
        }
      } catch (IOException unreadable) {
        return true;
      }
    }
    return false;
  }

  private void sweep() throws InterruptedException {
    for (Project project : settings.projects()) {
      new LeftoverSweep(project, supervisor, client).run();
    }
  }

  private List<String> queues() {
    List<String> queues = new ArrayList<>(List.of(settings.queue()));
    settings
        .projects()
        .forEach(
            project -> queues.add(WorkflowNames.repositoryQueue(settings.queue(), project.id())));
    return queues;
  }

  private void shutDown() {
    factories.forEach(WorkerFactory::shutdownNow);
    factories.forEach(
        factory -> factory.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
    factories.clear();
  }
}
