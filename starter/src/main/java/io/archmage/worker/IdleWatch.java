package io.archmage.worker;

import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Tells when no run has been open on some queues for a while. Not thread-safe. */
final class IdleWatch {

  private final WorkflowClient client;
  private final String query;
  private final Duration limit;
  private long lastBusy = System.nanoTime();

  IdleWatch(WorkflowClient client, List<String> queues, Duration limit) {
    this.client = client;
    this.limit = limit;
    this.query =
        "ExecutionStatus = 'Running' AND TaskQueue IN ("
            + queues.stream().map(queue -> "'" + queue + "'").collect(Collectors.joining(", "))
            + ")";
  }

  /** How often to look. */
  Duration interval() {
    Duration tenth = limit.dividedBy(10);
    return tenth.compareTo(Duration.ofSeconds(15)) < 0 ? tenth : Duration.ofSeconds(15);
  }

  /** Asks the server; true if nothing has been open for as long as the limit. */
  boolean isIdle() {
    if (openRuns() > 0) {
      lastBusy = System.nanoTime();
    }
    return isOverdue();
  }

  /** Whether no open run was seen for as long as the limit, the server unreachable or not. */
  boolean isOverdue() {
    return System.nanoTime() - lastBusy >= limit.toNanos();
  }

  /** Runs that are open now. */
  long openRuns() {
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .countWorkflowExecutions(
            CountWorkflowExecutionsRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setQuery(query)
                .build())
        .getCount();
  }
}
