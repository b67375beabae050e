package io.archmage.worker;

import com.google.protobuf.Timestamp;
import io.archmage.prepare.RunRouting;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Knows other workers from the server; thread-safe. */
public final class ServerPollers implements RunRouting.OtherWorkers {

  private final WorkflowClient client;

  /** Asks that client's server. */
  public ServerPollers(WorkflowClient client) {
    this.client = client;
  }

  @Override
  public boolean serve(String queue) {
    return workers(queue).findAny().isPresent()
        || workers(queue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY).findAny().isPresent();
  }

  @Override
  public List<String> repositoriesBehind(String queue) {
    return workers(queue)
        .flatMap(worker -> worker.repositories().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** The workers of Archmage that poll a queue for workflows and may be alive. */
  public Stream<WorkerIdentity> workers(String queue) {
    return workers(queue, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW);
  }

  private Stream<WorkerIdentity> workers(String queue, TaskQueueType type) {
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .describeTaskQueue(
            DescribeTaskQueueRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                .setTaskQueueType(type)
                .build())
        .getPollersList()
        .stream()
        .flatMap(ServerPollers::living);
  }

  private static Stream<WorkerIdentity> living(PollerInfo poller) {
    Timestamp seen = poller.getLastAccessTime();
    return WorkerIdentity.parse(poller.getIdentity())
        .filter(
            worker -> worker.mayBeAlive(Instant.ofEpochSecond(seen.getSeconds(), seen.getNanos())))
        .stream();
  }
}
