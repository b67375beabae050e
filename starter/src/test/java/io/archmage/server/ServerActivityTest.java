package io.archmage.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerActivityTest {
  @TempDir
  Path base;

  @Test
  void shouldSeeEveryUseAndNothingElse() throws Exception {
    try (TestServers servers = new TestServers(base.resolve("state"))) {
      servers.foreground();
      ServerRecord record = servers.awaitRunning();
      try (ServerActivity activity = new ServerActivity(record.ports(), servers.files().wanted())) {
        assertThat(activity.seen()).isTrue();
        TestServers.await(() -> !activity.seen());

        servers.cli(record, "workflow", "list");
        TestServers.await(activity::seen);
        TestServers.await(() -> !activity.seen());

        servers.files().touchWanted();
        assertThat(activity.seen()).isTrue();
        assertThat(activity.seen()).isFalse();

        servers.cli(
            record, "workflow", "start", "--type", "T", "--task-queue", "q", "-w", "open");
        TestServers.await(() -> seenRepeatedly(activity));
        servers.cli(record, "workflow", "terminate", "-w", "open");
        TestServers.await(() -> !activity.seen());

        shouldSeeAWorker(record, activity);
      }
      servers.embedded().stop();
      assertThat(servers.files().record()).doesNotExist();
    }
  }

  /** More than the calls that made it are seen: it stays in use. */
  private static boolean seenRepeatedly(ServerActivity activity) {
    return activity.seen() && activity.seen() && activity.seen();
  }

  private static void shouldSeeAWorker(ServerRecord record, ServerActivity activity) {
    ServerTarget target = ServerTarget.embedded(record, false, Optional.empty());
    UnaryOperator<WorkflowClientOptions.Builder> beat =
        options -> options.setWorkerHeartbeatInterval(Duration.ofSeconds(1));
    try (TemporalConnection connection = new TemporalConnection(target, beat)) {
      WorkerFactory factory = WorkerFactory.newInstance(connection.client());
      Worker worker = factory.newWorker("archmage");
      worker.registerWorkflowImplementationTypes(NothingImpl.class);
      factory.start();
      try {
        TestServers.await(() -> seenRepeatedly(activity));
      } finally {
        factory.shutdownNow();
      }
      factory.awaitTermination(10, TimeUnit.SECONDS);
      TestServers.await(() -> !activity.seen());
    }
  }

  /** Makes the worker poll. */
  @WorkflowInterface
  public interface Nothing {
    @WorkflowMethod
    void run();
  }

  /** Does nothing. */
  public static final class NothingImpl implements Nothing {
    @Override
    public void run() {}
  }
}
