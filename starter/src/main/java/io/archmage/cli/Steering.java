package io.archmage.cli;

import io.archmage.contract.AnswerTaken;
import io.archmage.contract.UnknownTaskException;
import io.archmage.server.TemporalConnection;
import io.archmage.worker.ServerPollers;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Tells runs what to do, by updates. */
final class Steering {

  /** How long a worker may take to appear: one that was just started, or is being replaced. */
  private static final Duration WORKER = Duration.ofSeconds(10);

  /** How long a run may take to carry out what it was told; merges wait for each other. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** How often to look, meanwhile, whether the worker is still there. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Session session;
  private final TemporalConnection server;

  Steering(Session session, TemporalConnection server) {
    this.session = session;
    this.server = server;
  }

  /**
   * Sends an update and waits for what comes of it.
   *
   * @throws CommandFailure with the reason if the run rejects it, no worker serves the run, or it
   *     takes too long
   */
  AnswerTaken send(WorkflowExecutionDescription run, String update, Object argument)
      throws InterruptedException {
    String id = run.getExecution().getWorkflowId();
    if (!RunReader.open(run)) {
      throw ended(id);
    }
    requireWorker(run);
    return carriedOut(run, update, argument);
  }

  private AnswerTaken carriedOut(
      WorkflowExecutionDescription run, String update, Object argument)
      throws InterruptedException {
    String id = run.getExecution().getWorkflowId();
    WorkflowStub stub = server.client().newUntypedWorkflowStub(id);
    CompletableFuture<AnswerTaken> answer =
        CompletableFuture.supplyAsync(
            () -> stub.update(update, AnswerTaken.class, argument),
            task -> Thread.ofVirtual().start(task));
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        return answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        requireWorker(run);
        if (System.nanoTime() - end >= 0) {
          throw tooLong(id);
        }
      } catch (ExecutionException e) {
        throw failure(id, e.getCause() == null ? e : e.getCause());
      }
    }
  }

  private CommandFailure tooLong(String id) {
    return CommandFailure.environment(
        "Run "
            + id
            + " has not carried it out within "
            + LIMIT.toSeconds()
            + " s, and may still do so. See where it stands with: "
            + session.launcher().typed()
            + " status "
            + Shell.word(id));
  }

  private void requireWorker(WorkflowExecutionDescription run) {
    ServerPollers pollers = new ServerPollers(server.client());
    long end = System.nanoTime() + WORKER.toNanos();
    while (!pollers.serve(run.getTaskQueue())) {
      if (System.nanoTime() - end >= 0) {
        throw CommandFailure.environment(
            "No worker serves run "
                + run.getExecution().getWorkflowId()
                + ", so nobody takes the answer. Start one with: "
                + Workers.commandFor(session, run));
      }
      // The server tells nobody when somebody begins to poll.
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static RuntimeException failure(String id, Throwable cause) {
    if (cause instanceof WorkflowNotFoundException) {
      return ended(id);
    }
    if (cause instanceof WorkflowUpdateException
        && cause.getCause() instanceof ApplicationFailure reason) {
      return UnknownTaskException.class.getName().equals(reason.getType())
          ? CommandFailure.notFound(reason.getOriginalMessage())
          : CommandFailure.invalid(reason.getOriginalMessage());
    }
    return KnownFailures.describe(cause);
  }

  private static CommandFailure ended(String id) {
    return CommandFailure.invalid("Run " + id + " has ended; nothing in it waits for an answer.");
  }
}
