package io.archmage.cli;

import io.archmage.report.RunReport;
import io.archmage.report.StatusPage;
import io.archmage.report.StatusRequest;
import io.archmage.server.TemporalConnection;
import io.archmage.worker.ServerPollers;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Shows a run until it ends. */
final class Follower {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final StatusRequest PAGE = new StatusRequest(0, 500);

  private final TemporalConnection server;
  private final RunView view;
  private final String workerCommand;
  private final Attendant attendant;
  private boolean lost;

  /**
   * @param workerCommand what to type to start a worker for the run
   * @param attendant sees to the run's questions
   */
  Follower(
      TemporalConnection server, RunView view, String workerCommand, Attendant attendant) {
    this.server = server;
    this.view = view;
    this.workerCommand = workerCommand;
    this.attendant = attendant;
  }

  /**
   * Waits for the run's end, or until nothing in it goes on without a person. A server that is lost
   * is waited for.
   *
   * @throws CommandFailure if the run never began or does not exist
   */
  Followed follow(String runId) throws InterruptedException {
    WorkflowStub stub = server.client().newUntypedWorkflowStub(runId);
    try (ExecutorService asker = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<RunReport> result = stub.getResultAsync(RunReport.class);
      Duration pause = FIRST_PAUSE;
      while (true) {
        try {
          return new Followed.Ended(
              new RunOutcome.Reported(result.get(pause.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (TimeoutException e) {
          StatusPage page = showStatus(stub, asker, result);
          if (page != null && attendant.leaves(page)) {
            return new Followed.Waiting(page);
          }
        } catch (ExecutionException e) {
          if (e.getCause() instanceof WorkflowFailedException failed) {
            return new Followed.Ended(RunOutcome.of(runId, failed));
          }
          if (e.getCause() instanceof WorkflowNotFoundException missing) {
            throw missing;
          }
          sayLost();
          LockSupport.parkNanos(pause.toNanos());
          result = stub.getResultAsync(RunReport.class);
        }
        pause = next(pause);
      }
    }
  }

  private static Duration next(Duration pause) {
    Duration longer = pause.multipliedBy(5).dividedBy(4);
    return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  /** Asks where the run stands, but no longer than until its end; null if nobody answers. */
  private @Nullable StatusPage showStatus(
      WorkflowStub stub, ExecutorService asker, CompletableFuture<RunReport> result)
      throws InterruptedException {
    CompletableFuture<StatusPage> asked =
        CompletableFuture.supplyAsync(() -> stub.query("status", StatusPage.class, PAGE), asker);
    try {
      CompletableFuture.anyOf(result, asked).get();
      if (asked.isDone() && !asked.isCompletedExceptionally()) {
        lost = false;
        view.show(asked.join());
        return asked.join();
      }
    } catch (ExecutionException e) {
      if (asked.isCompletedExceptionally() && !result.isDone()) {
        explain(asked, stub);
      }
    }
    return null;
  }

  private void explain(CompletableFuture<StatusPage> asked, WorkflowStub stub) {
    try {
      asked.join();
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof WorkflowException
          || e.getCause() instanceof StatusRuntimeException)) {
        throw e;
      }
      try {
        String queue = stub.describe().getTaskQueue();
        if (!new ServerPollers(server.client()).serve(queue)) {
          sayOnce("No worker serves the run; it goes on when one does: " + workerCommand);
        }
      } catch (WorkflowException | StatusRuntimeException unreachable) {
        sayLost();
      }
    }
  }

  private void sayLost() {
    sayOnce(
        "The Temporal server at "
            + server.target().address()
            + " does not answer; trying again. The run goes on when it is back.");
  }

  private void sayOnce(String line) {
    if (!lost) {
      view.note(line);
    }
    lost = true;
  }
}
