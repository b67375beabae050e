package io.archmage.cli;

import io.archmage.config.WorkerRules;
import io.archmage.durable.WorkflowNames;
import io.archmage.server.ServerUnreachableException;
import io.archmage.server.TemporalConnection;
import io.archmage.worker.WorkerIdentity;
import io.archmage.worker.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code archmage worker}. */
@Command(
    name = "worker",
    description = "Serves runs of repositories, in the foreground, until it is told to end.")
final class WorkerCommand extends Subcommand {

  @Option(
      names = "--repo",
      paramLabel = "DIR",
      description = "A repository to serve. Repeatable. Default: that of the current directory.")
  private List<Path> repositories =
      new ArrayList<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration of all of them. Default: runes/config/parallel.yaml in "
          + "each.")
  private @Nullable Path configuration;

  @Option(
      names = "--queue",
      paramLabel = "NAME",
      defaultValue = WorkflowNames.TASK_QUEUE,
      description = "The task queue whose runs it takes. Default: ${DEFAULT-VALUE}.")
  private String queue;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "The name of this host in queues. Workers of one name must run on one machine "
          + "and share the state directory, as containers can. Default: ARCHMAGE_HOST, else the "
          + "machine's name.")
  private @Nullable String host;

  @Option(
      names = "--until-idle",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "End after that long without work, such as 10m. Default: never.")
  private @Nullable Duration untilIdle;

  @Option(
      names = "--on-stop",
      paramLabel = "WHAT",
      description = "What becomes of familiars at work when it is stopped by SIGTERM or Ctrl-C: "
          + "detach (they go on, the next worker follows them) or drain (nothing new is begun, and "
          + "they are waited for; a second stop detaches). Default: worker.on_stop of the "
          + "configuration.")
  private WorkerRules.@Nullable OnStop onStop;

  @Option(
      names = "--trust",
      description = "Approve the commands in the repositories' own configurations.")
  private boolean trust;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  @Mixin
  private ServerOption server;

  @Override
  ExitCode execute(Session session) throws InterruptedException {
    Console console = session.console();
    if (host != null && !host.matches(WorkerSettings.HOST_FORM)) {
      throw CommandFailure.invalid(
          "--host takes letters, digits, '.', '_' and '-', not '" + host + "'.");
    }
    Path explicit = configuration == null ? null : console.resolve(configuration);
    List<Path> directories =
        repositories.isEmpty()
            ? List.of(console.directory())
            : repositories.stream().map(console::resolve).toList();
    List<OpenedProject> projects = new ArrayList<>();
    for (Path directory : directories) {
      OpenedProject project = session.engine().openProject(session.state(), directory, explicit);
      Trust.require(session, project, trust, mayAsk(session));
      projects.add(project);
    }
    try (TemporalConnection connection = Servers.connect(session, server.value())) {
      awaitServer(connection, console);
      session
          .engine()
          .runWorker(
              new WorkerRequest(
                  projects,
                  queue,
                  host != null ? host : WorkerIdentity.queueHost(console.environment()),
                  connection,
                  untilIdle,
                  onStop));
    }
    return ExitCode.OK;
  }

  /** A server that is just starting again is waited for, as one that goes away later is. */
  private static void awaitServer(TemporalConnection connection, Console console)
      throws InterruptedException {
    long end = System.nanoTime() + WorkerSettings.SERVER_PATIENCE.toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        connection.stubs();
        return;
      } catch (ServerUnreachableException away) {
        if (!away.mayComeBack() || System.nanoTime() > end) {
          throw away;
        }
        if (pause.equals(FIRST_PAUSE)) {
          console.note(
              "The Temporal server at "
                  + away.address()
                  + " does not answer; trying for "
                  + WorkerSettings.SERVER_PATIENCE.toSeconds()
                  + " s.");
        }
        // Nothing tells when it listens.
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        pause = pause.multipliedBy(2);
      }
    }
  }
}
