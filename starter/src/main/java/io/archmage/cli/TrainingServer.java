package io.archmage.cli;

import com.google.protobuf.Timestamp;
import io.archmage.durable.WorkflowNames;
import io.archmage.report.RunReport;
import io.archmage.worker.WorkerIdentity;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionCompletedEventAttributes;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.QueryWorkflowRequest;
import io.temporal.api.workflowservice.v1.QueryWorkflowResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import io.temporal.common.converter.DefaultDataConverter;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Answers as a Temporal server would that has one open run and one that ended. */
final class TrainingServer extends WorkflowServiceImplBase implements AutoCloseable {

  /** A run that answers queries. */
  static final String OPEN = "open";

  /** A run that has its report as its result. */
  static final String ENDED = "ended";

  private final RunReport report;
  private final Server server;

  TrainingServer(RunReport report) throws IOException {
    this.report = report;
    HealthStatusManager health = new HealthStatusManager();
    health.setStatus(WorkflowServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
    this.server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(this)
            .addService(health.getHealthService())
            .build()
            .start();
  }

  /** Where it listens, on loopback. */
  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void getSystemInfo(
      GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
    send(answer, GetSystemInfoResponse.getDefaultInstance());
  }

  @Override
  public void listWorkflowExecutions(
      ListWorkflowExecutionsRequest request,
      StreamObserver<ListWorkflowExecutionsResponse> answer) {
    send(
        answer,
        ListWorkflowExecutionsResponse.newBuilder()
            .addExecutions(run(OPEN))
            .addExecutions(run(ENDED))
            .build());
  }

  @Override
  public void describeWorkflowExecution(
      DescribeWorkflowExecutionRequest request,
      StreamObserver<DescribeWorkflowExecutionResponse> answer) {
    send(
        answer,
        DescribeWorkflowExecutionResponse.newBuilder()
            .setWorkflowExecutionInfo(run(request.getExecution().getWorkflowId()))
            .build());
  }

  @Override
  public void describeTaskQueue(
      DescribeTaskQueueRequest request, StreamObserver<DescribeTaskQueueResponse> answer) {
    String worker =
        new WorkerIdentity(
            List.of("0"), "0", ProcessHandle.current().pid(), WorkerIdentity.localHost())
            .toString();
    send(
        answer,
        DescribeTaskQueueResponse.newBuilder()
            .addPollers(
                PollerInfo.newBuilder()
                    .setIdentity(worker)
                    .setLastAccessTime(
                        Timestamp.newBuilder().setSeconds(Instant.now().getEpochSecond())))
            .build());
  }

  @Override
  public void queryWorkflow(
      QueryWorkflowRequest request, StreamObserver<QueryWorkflowResponse> answer) {
    Object shown =
        request.getQuery().getQueryType().equals("metrics")
            ? report.metrics()
            : ReportViews.status(report, Instant.EPOCH);
    send(
        answer, QueryWorkflowResponse.newBuilder().setQueryResult(payloads(shown)).build());
  }

  @Override
  public void getWorkflowExecutionHistory(
      GetWorkflowExecutionHistoryRequest request,
      StreamObserver<GetWorkflowExecutionHistoryResponse> answer) {
    send(
        answer,
        GetWorkflowExecutionHistoryResponse.newBuilder()
            .setHistory(
                History.newBuilder()
                    .addEvents(
                        HistoryEvent.newBuilder()
                            .setEventType(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED)
                            .setWorkflowExecutionCompletedEventAttributes(
                                WorkflowExecutionCompletedEventAttributes.newBuilder()
                                    .setResult(payloads(report)))))
            .build());
  }

  private static WorkflowExecutionInfo run(String id) {
    return WorkflowExecutionInfo.newBuilder()
        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id).setRunId(id))
        .setType(WorkflowType.newBuilder().setName(WorkflowNames.PLAN))
        .setTaskQueue(WorkflowNames.TASK_QUEUE)
        .setStartTime(Timestamp.getDefaultInstance())
        .setStatus(
            id.equals(OPEN)
                ? WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
                : WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED)
        .build();
  }

  private static Payloads payloads(Object value) {
    return DefaultDataConverter.STANDARD_INSTANCE.toPayloads(value).orElseThrow();
  }

  private static <T> void send(StreamObserver<T> answer, T message) {
    answer.onNext(message);
    answer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
