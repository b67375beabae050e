package io.archmage.cli;

import io.archmage.server.TemporalConnection;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who polls a queue. */
final class Pollers {

  private static final Pattern IDENTITY =
      Pattern.compile("archmage/([^/]+)/([0-9a-f]+)/([0-9]+)@(.+)");

  private final TemporalConnection server;

  Pollers(TemporalConnection server) {
    this.server = server;
  }

  /**
   * A worker of Archmage.
   *
   * @param configHash the first digits of its configuration's hash
   * @param pid its process
   * @param host where that is
   */
  record WorkerIdentity(String configHash, long pid, String host) {

    /** The worker of that identity, if it is one of ours. */
    static Optional<WorkerIdentity> parse(String identity) {
      Matcher matcher = IDENTITY.matcher(identity);
      return matcher.matches()
          ? Optional.of(
              new WorkerIdentity(
                  matcher.group(2), Long.parseLong(matcher.group(3)), matcher.group(4)))
          : Optional.empty();
    }

    /** The server lists a worker for minutes after its end; of this host we know better. */
    private boolean mayBeAlive() {
      return !host.equals(localHost()) || ProcessHandle.of(pid).isPresent();
    }
  }

  /** The workers of Archmage that poll a queue for workflows. */
  List<WorkerIdentity> workers(String queue) {
    return polls(queue).stream()
        .map(PollerInfo::getIdentity)
        .flatMap(identity -> WorkerIdentity.parse(identity).stream())
        .filter(WorkerIdentity::mayBeAlive)
        .distinct()
        .toList();
  }

  /** Whether anybody may answer on the queue, workers of other programs included. */
  boolean served(String queue) {
    return polls(queue).stream()
        .map(poller -> WorkerIdentity.parse(poller.getIdentity()))
        .anyMatch(worker -> worker.isEmpty() || worker.get().mayBeAlive());
  }

  private List<PollerInfo> polls(String queue) {
    return server
        .stubs()
        .blockingStub()
        .describeTaskQueue(
            DescribeTaskQueueRequest.newBuilder()
                .setNamespace(server.target().namespace())
                .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                .build())
        .getPollersList();
  }

  private static String localHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
