package io.archmage.cli;

import io.archmage.durable.WorkflowNames;
import io.archmage.report.Metrics;
import io.archmage.report.MetricsRequest;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.archmage.report.StatusPage;
import io.archmage.report.StatusRequest;
import io.archmage.report.Timeline;
import io.archmage.report.WorktreePage;
import io.archmage.schedule.TaskStatus;
import io.archmage.server.TemporalConnection;
import io.archmage.worker.ServerPollers;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads runs: ended ones from their results, open ones by queries, with or without a worker. */
final class RunReader {

  /** Every workflow that is a run. */
  private static final String RUNS =
      "WorkflowType IN ('"
          + WorkflowNames.PLAN
          + "', '"
          + WorkflowNames.PARALLEL
          + "', '"
          + WorkflowNames.STAGED_PARALLEL
          + "', '"
          + WorkflowNames.PIPELINE
          + "', '"
          + WorkflowNames.FAN_OUT_FAN_IN
          + "')";

  /** Where a run notes its repository once it knows it. */
  static final String REPOSITORY_MEMO = "archmage_repository";

  private static final Duration POLL_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL_PAUSE = Duration.ofMillis(100);

  private final Session session;
  private final TemporalConnection server;

  RunReader(Session session, TemporalConnection server) {
    this.session = session;
    this.server = server;
  }

  /** All runs of the server, newest first; to be closed. */
  Stream<WorkflowExecutionMetadata> runs() {
    return server
        .client()
        .listExecutions(RUNS)
        .sorted(Comparator.comparing(WorkflowExecutionMetadata::getStartTime).reversed());
  }

  /** Whether a run of that repository, or one that may be of it, has not ended. */
  boolean anyOpen(Path repository, String queue) {
    try (Stream<WorkflowExecutionMetadata> open =
        server.client().listExecutions("ExecutionStatus = 'Running' AND " + RUNS)) {
      return open.anyMatch(
          run -> {
            String noted = memo(run, REPOSITORY_MEMO);
            return noted == null || noted.equals(repository.toString())
                || run.getTaskQueue().equals(queue);
          });
    }
  }

  /**
   * The run that a person means.
   *
   * @param name an id, or {@code latest} for the run started last
   * @throws CommandFailure if there is none
   */
  WorkflowExecutionDescription find(String name) {
    String id = name;
    if (name.equals(RunIds.LATEST)) {
      try (Stream<WorkflowExecutionMetadata> runs = runs()) {
        id =
            runs.findFirst()
                .map(run -> run.getExecution().getWorkflowId())
                .orElseThrow(
                    () -> CommandFailure.notFound(
                        "There are no runs on " + server.target().address() + " yet."));
      }
    }
    try {
      return server.client().newUntypedWorkflowStub(id).describe();
    } catch (WorkflowNotFoundException e) {
      throw noRun(id);
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        throw noRun(id);
      }
      throw e;
    }
  }

  private CommandFailure noRun(String id) {
    return CommandFailure.notFound(
        "There is no run "
            + id
            + " on "
            + server.target().address()
            + ". See 'archmage list' for those there are.");
  }

  /** Where the run stands. */
  StatusPage status(WorkflowExecutionDescription run) {
    return read(
        run,
        stub -> stub.query("status", StatusPage.class, new StatusRequest(0, 0)),
        report -> ReportViews.status(report, run.getStartTime()));
  }

  /** When its tasks ran. */
  Timeline timeline(WorkflowExecutionDescription run) {
    return read(
        run,
        stub -> stub.query("timeline", Timeline.class),
        report -> ReportViews.timeline(report, run.getStartTime()));
  }

  /** Its report: whole if it has ended, else as if it ended now. */
  RunReport report(WorkflowExecutionDescription run) {
    return read(
        run, stub -> stub.query("report", RunReport.class), ReportStore::whole);
  }

  /** Its figures: final ones if it has ended, else as they are now. */
  Metrics metrics(WorkflowExecutionDescription run) {
    MetricsRequest all = new MetricsRequest(List.of(), Instant.now());
    return read(
        run, stub -> stub.query("metrics", Metrics.class, all), RunReport::metrics);
  }

  /** Its groups: as they ended, else as they are now. */
  WorktreePage worktrees(WorkflowExecutionDescription run) {
    return read(
        run,
        stub -> stub.query("worktrees", WorktreePage.class),
        report -> new WorktreePage(report.runId(), report.groups()));
  }

  /** The newest runs as rows of a list. */
  List<RunRow> rows(int limit) {
    try (Stream<WorkflowExecutionMetadata> runs = runs()) {
      return runs.limit(limit).map(this::row).toList();
    }
  }

  private RunRow row(WorkflowExecutionMetadata run) {
    return new RunRow(
        run.getExecution().getWorkflowId(),
        statusOf(run),
        run.getStartTime(),
        run.getCloseTime(),
        memo(run, REPOSITORY_MEMO),
        memo(run, "archmage_branch"),
        run.getTaskQueue());
  }

  /** What a run noted beside itself, or null. */
  static @Nullable String memo(WorkflowExecutionMetadata run, String key) {
    return (String) run.getMemo(key, String.class);
  }

  private String statusOf(WorkflowExecutionMetadata run) {
    if (open(run)) {
      String[] awaiting = (String[]) run.getMemo(WorkflowNames.AWAITING_MEMO, String[].class);
      return awaiting == null || awaiting.length == 0
          ? RunStatus.RUNNING.key()
          : TaskStatus.AWAITING_PERSON.key();
    }
    try {
      return switch (outcome(run)) {
        case RunOutcome.Reported reported -> reported.report().status().key();
        case RunOutcome.Cancelled ignored -> RunStatus.CANCELLED.key();
        case RunOutcome.Broken ignored ->
          run.getStatus()
              .name()
              .replace("WORKFLOW_EXECUTION_STATUS_", "")
              .toLowerCase(Locale.ROOT);
      };
    } catch (CommandFailure neverBegan) {
      return "invalid";
    }
  }

  /** Whether the run has not ended. */
  static boolean open(WorkflowExecutionMetadata run) {
    return run.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  private <T> T read(
      WorkflowExecutionDescription run,
      Function<WorkflowStub, T> query,
      Function<RunReport, T> ofReport) {
    if (!open(run)) {
      RunOutcome outcome = outcome(run);
      switch (outcome) {
        case RunOutcome.Reported reported -> {
          return ofReport.apply(reported.report());
        }
        case RunOutcome.Cancelled ignored -> {
          // Only its workflow knows how far it came.
        }
        case RunOutcome.Broken broken -> session.console().note(broken.message());
      }
    }
    return ask(run, query);
  }

  private RunOutcome outcome(WorkflowExecutionMetadata run) {
    String id = run.getExecution().getWorkflowId();
    try {
      return new RunOutcome.Reported(
          server.client().newUntypedWorkflowStub(id).getResult(RunReport.class));
    } catch (WorkflowFailedException e) {
      return RunOutcome.of(id, e);
    }
  }

  private <T> T ask(WorkflowExecutionDescription run, Function<WorkflowStub, T> query) {
    WorkflowStub stub =
        server.client().newUntypedWorkflowStub(run.getExecution().getWorkflowId());
    String queue = run.getTaskQueue();
    if (new ServerPollers(server.client()).serve(queue)) {
      return query.apply(stub);
    }
    Engine.QueryWorker worker = session.engine().answerQueries(server, queue);
    try {
      return onceItPolls(() -> query.apply(stub));
    } finally {
      worker.close();
    }
  }

  /** The server refuses queries until it has seen somebody poll, and tells nobody when it has. */
  private static <T> T onceItPolls(Supplier<T> query) {
    long end = System.nanoTime() + POLL_LIMIT.toNanos();
    while (true) {
      try {
        return query.get();
      } catch (WorkflowServiceException | StatusRuntimeException e) {
        boolean early =
            Status.fromThrowable(e).getCode() == Status.Code.FAILED_PRECONDITION
                && System.nanoTime() - end < 0;
        if (!early) {
          throw e;
        }
        LockSupport.parkNanos(POLL_PAUSE.toNanos());
      }
    }
  }
}
