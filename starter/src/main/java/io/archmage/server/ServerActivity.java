package io.archmage.server;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkerStatus;
import io.temporal.api.worker.v1.WorkerHeartbeat;
import io.temporal.api.worker.v1.WorkerInfo;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.ListNamespacesRequest;
import io.temporal.api.workflowservice.v1.ListWorkersRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Whether anybody uses the server: an open workflow in any namespace, a worker, a call by a client
 * (the CLI or the Web UI; seen a second or so late), or a command of ours that asked for it. Costs
 * a call, two for each namespace and one read of the metrics. A worker is known by its heartbeat to
 * the server, every 60 s by default, so one that has just started may be missed for that long. For
 * one thread.
 */
final class ServerActivity implements AutoCloseable {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(5);

  /** More than two heartbeats of a worker. */
  private static final Duration SILENCE = Duration.ofMinutes(3);

  private final ServerPorts ports;
  private final Path wanted;
  private final WorkflowServiceStubs stubs;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CALL_LIMIT).build();
  private long requests = -1;
  private Instant lastWanted;

  ServerActivity(ServerPorts ports, Path wanted) {
    this.ports = ports;
    this.wanted = wanted;
    this.stubs = ServerProbe.stubs(ports.port());
    this.lastWanted = lastWanted();
  }

  /**
   * Whether the server is in use or was since the last call of this method; the first call says
   * yes, and so does one that fails to find out.
   */
  boolean seen() {
    // All are asked, since each also sets what the next call compares with.
    boolean wantedNow = wanted();
    boolean called = called();
    return wantedNow || called || working();
  }

  /** Whether a command of ours asked for the server since this or {@link #seen} was called last. */
  boolean wanted() {
    Instant before = lastWanted;
    lastWanted = lastWanted();
    return !lastWanted.equals(before);
  }

  private Instant lastWanted() {
    try {
      return Files.getLastModifiedTime(wanted).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  private boolean called() {
    long before = requests;
    HttpRequest request = HttpRequest.newBuilder(ports.metrics()).timeout(CALL_LIMIT).build();
    try {
      requests =
          ServerMetrics.clientRequests(
              http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      requests = -1;
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
    return requests != before;
  }

  private boolean working() {
    try {
      return stub()
          .listNamespaces(ListNamespacesRequest.newBuilder().setPageSize(100).build())
          .getNamespacesList()
          .stream()
          .map(DescribeNamespaceResponse::getNamespaceInfo)
          .map(info -> info.getName())
          .filter(namespace -> !namespace.equals("temporal-system"))
          .anyMatch(namespace -> hasOpenWorkflow(namespace) || hasWorker(namespace));
    } catch (StatusRuntimeException e) {
      return true;
    }
  }

  private boolean hasOpenWorkflow(String namespace) {
    return stub()
        .countWorkflowExecutions(
            CountWorkflowExecutionsRequest.newBuilder()
                .setNamespace(namespace)
                .setQuery("ExecutionStatus = 'Running'")
                .build())
        .getCount() > 0;
  }

  @SuppressWarnings("deprecation")
  private boolean hasWorker(String namespace) {
    return stub()
        .listWorkers(
            ListWorkersRequest.newBuilder().setNamespace(namespace).setPageSize(100).build())
        .getWorkersInfoList()
        .stream()
        .map(WorkerInfo::getWorkerHeartbeat)
        .anyMatch(ServerActivity::isAlive);
  }

  /** The server lists workers for a day after their last sign of life. */
  private static boolean isAlive(WorkerHeartbeat worker) {
    Instant last = Instant.ofEpochSecond(worker.getHeartbeatTime().getSeconds());
    return worker.getStatus() == WorkerStatus.WORKER_STATUS_RUNNING
        && last.isAfter(Instant.now().minus(SILENCE));
  }

  private WorkflowServiceBlockingStub stub() {
    return stubs
        .blockingStub()
        .withDeadlineAfter(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    http.close();
  }
}
