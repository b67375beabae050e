package io.archmage.worker;

import io.archmage.config.WorkerRules;
import io.archmage.durable.WorkflowNames;
import io.archmage.host.FamiliarActivitiesImpl;
import io.archmage.host.FollowedAttempts;
import io.archmage.host.HostActivitiesImpl;
import io.archmage.host.OpenRunActivityImpl;
import io.archmage.host.PersonActivitiesImpl;
import io.archmage.host.RunActivitiesImpl;
import io.archmage.prepare.RunRouting;
import io.archmage.process.Supervisor;
import io.archmage.project.Project;
import io.archmage.project.Projects;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowClientPlugin;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Temporal's workers for some repositories: one on the shared queue, and for each repository one on
 * its own queue and one on its queue of this host. Used by one thread at a time.
 */
final class RepositoryWorkers {

  /** How often to look for what ended runs left. */
  static final Duration SWEEP = Duration.ofSeconds(15);

  /** How long a stop waits; familiars are let go of, so only git steps take time. */
  static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  /** How long what does not end then may take once it is interrupted. */
  private static final Duration INTERRUPTED_LIMIT = Duration.ofSeconds(2);

  /** The SDK's one second passes on a machine whose familiars take every core. */
  private static final Duration DEADLOCK_LIMIT = Duration.ofSeconds(10);

  /** How soon a run goes on with another worker where this one has just ended. */
  private static final Duration STICKY_LIMIT = Duration.ofSeconds(2);

  /** How soon an activity learns that it was cancelled. */
  private static final Duration HEARTBEAT_THROTTLE = Duration.ofSeconds(1);

  /** More attempts than one machine can carry; the runs' own limits are far below. */
  private static final int MAX_ATTEMPTS = 1_000;

  private final WorkflowClient client;
  private final WorkerSettings settings;
  private final Supervisor supervisor = new Supervisor();
  private final Projects projects;
  private final List<WorkerFactory> factories = new ArrayList<>();

  /** Those of the attempts' queues: while their familiars are waited for, the runs go on. */
  private final List<WorkerFactory> attemptFactories = new ArrayList<>();

  private final Map<Project, FollowedAttempts> attempts = new ConcurrentHashMap<>();

  /** Workers that poll that client's server, with its namespace and data converter. */
  RepositoryWorkers(WorkflowClient client, WorkerSettings settings) {
    this.client = client;
    this.settings = settings;
    this.projects = new Projects(settings.projects());
  }

  /** How these workers name themselves on the shared queue. */
  WorkerIdentity identity() {
    return WorkerIdentity.of(settings.projects());
  }

  /** The queues on which runs may be started. */
  List<String> queues() {
    List<String> queues = new ArrayList<>(List.of(settings.queue()));
    settings.projects().forEach(project -> queues.add(queueOf(project)));
    return queues;
  }

  /** Starts polling; fails if the server does not answer. */
  void start() {
    RunRouting routing =
        new RunRouting(projects, settings.queue(), settings.host(), new ServerPollers(client));
    OpenRunActivityImpl open = new OpenRunActivityImpl(routing);
    WorkerFactory shared = factory(settings.projects());
    Worker front = shared.newWorker(settings.queue(), options());
    WorkflowTypes.register(front);
    front.registerActivitiesImplementations(open);
    for (Project project : settings.projects()) {
      FollowedAttempts followed = new FollowedAttempts();
      attempts.put(project, followed);
      WorkerFactory factory = factory(List.of(project));
      Worker runs = factory.newWorker(queueOf(project), options());
      WorkflowTypes.register(runs);
      RunActivitiesImpl steps = new RunActivitiesImpl(projects, supervisor);
      runs.registerActivitiesImplementations(
          open,
          steps,
          new HostActivitiesImpl(projects, settings.host(), this::hostQueue),
          new PersonActivitiesImpl(projects, System.getenv()));
      WorkerFactory attemptFactory = factory(List.of(project));
      attemptFactories.add(attemptFactory);
      attemptFactory
          .newWorker(hostQueue(project.id()), options())
          .registerActivitiesImplementations(
              open,
              steps,
              new FamiliarActivitiesImpl(projects, supervisor, System.getenv(), followed));
    }
    factories.forEach(WorkerFactory::start);
  }

  /** Removes what runs left on this machine that ended without telling it. */
  void sweep() throws InterruptedException {
    for (Project project : settings.projects()) {
      new LeftoverSweep(project, supervisor, client).run();
    }
  }

  /** Whether a run has anything on this machine: its familiars go on while the server is away. */
  boolean hasAttempts() {
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

  /** Begins no attempt, lets go of familiars or waits for them as configured, and ends. */
  void stop() throws InterruptedException {
    attemptFactories.forEach(WorkerFactory::shutdown);
    attempts.forEach(
        (project, followed) -> {
          if (!drains(project)) {
            followed.letGo();
          }
        });
    for (Map.Entry<Project, FollowedAttempts> served : attempts.entrySet()) {
      if (drains(served.getKey())) {
        Duration limit = served.getKey().configuration().worker().drainTimeout();
        new Drain(served.getValue(), limit).await();
      }
    }
    letGo();
    long end = System.nanoTime() + STOP_LIMIT.toNanos();
    attemptFactories.forEach(factory -> awaitTermination(factory, end));
    shutDown(end);
  }

  /** Lets go of all familiars, also of those that somebody waits for. */
  void letGo() {
    attempts.values().forEach(FollowedAttempts::letGo);
  }

  /** Stops polling and lets go of the familiars that run; they may be followed by others then. */
  void shutDown() {
    letGo();
    shutDown(System.nanoTime() + STOP_LIMIT.toNanos());
  }

  private void shutDown(long end) {
    factories.forEach(WorkerFactory::shutdown);
    factories.forEach(factory -> awaitTermination(factory, end));
    for (WorkerFactory factory : factories) {
      if (!factory.isTerminated()) {
        factory.shutdownNow();
        factory.awaitTermination(INTERRUPTED_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
    factories.clear();
    attemptFactories.clear();
    attempts.clear();
  }

  private static void awaitTermination(WorkerFactory factory, long end) {
    long left = Math.max(1, (end - System.nanoTime()) / 1_000_000);
    factory.awaitTermination(left, TimeUnit.MILLISECONDS);
  }

  private boolean drains(Project project) {
    WorkerRules.OnStop onStop =
        Objects.requireNonNullElseGet(
            settings.onStop(), () -> project.configuration().worker().onStop());
    return onStop == WorkerRules.OnStop.DRAIN;
  }

  private String hostQueue(String repositoryId) {
    return WorkflowNames.hostQueue(settings.queue(), repositoryId, settings.host());
  }

  private String queueOf(Project project) {
    return WorkflowNames.repositoryQueue(settings.queue(), project.id());
  }

  /** What plugins did to the client is in its options; a second time would be once too often. */
  private WorkerFactory factory(List<Project> served) {
    WorkflowClient named =
        WorkflowClient.newInstance(
            client.getWorkflowServiceStubs(),
            WorkflowClientOptions.newBuilder(client.getOptions())
                .setIdentity(WorkerIdentity.of(served).toString())
                .setPlugins(new WorkflowClientPlugin[0])
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
        .setDefaultDeadlockDetectionTimeout(DEADLOCK_LIMIT.toMillis())
        .setMaxConcurrentActivityExecutionSize(MAX_ATTEMPTS)
        .setMaxHeartbeatThrottleInterval(HEARTBEAT_THROTTLE)
        .setDefaultHeartbeatThrottleInterval(HEARTBEAT_THROTTLE)
        .setStickyQueueScheduleToStartTimeout(STICKY_LIMIT)
        // What ends in its own time after a stop is alive until then.
        .setAllowActivityHeartbeatDuringShutdown(true)
        .build();
  }
}
