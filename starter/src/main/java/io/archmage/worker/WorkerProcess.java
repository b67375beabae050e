package io.archmage.worker;

import io.archmage.server.ServerUnreachableException;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves runs of repositories until it is told to stop or has nothing to do. A stop waits for the
 * familiars at work or lets go of them, as configured; the next worker follows those that go on.
 */
public final class WorkerProcess {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

  /** Nothing tells when a server listens. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final WorkflowClient client;
  private final WorkerSettings settings;
  private final RepositoryWorkers workers;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** A worker that polls that client's server. */
  public WorkerProcess(WorkflowClient client, WorkerSettings settings) {
    this.client = client;
    this.settings = settings;
    this.workers = new RepositoryWorkers(client, settings);
  }

  /** Serves until told to stop, or idle; the calling thread waits. */
  public void run() throws InterruptedException {
    Thread hook = Thread.ofPlatform().name("archmage-stop").unstarted(this::stopAndWait);
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      do {
        serve();
      } while (stop.getCount() > 0 && startedAtTheLastMoment());
    } finally {
      stopped.countDown();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      LOG.debug("stopped by a signal", alreadyEnding);
    }
  }

  /** Asks it to stop; returns at once. Asked again, it waits for no familiar any more. */
  public synchronized void requestStop() {
    if (stop.getCount() == 0) {
      LOG.info("letting go of the familiars at work");
      workers.letGo();
    }
    stop.countDown();
  }

  /** The virtual machine ends now, which waits for nothing. */
  private void stopAndWait() {
    stop.countDown();
    workers.letGo();
    Duration limit = RepositoryWorkers.STOP_LIMIT;
    try {
      if (!stopped.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("still stopping after {} s", limit.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() throws InterruptedException {
    try {
      if (!startsOnceTheServerAnswers()) {
        return;
      }
      LOG.info("serving {} on queue {}", workers.identity(), settings.queue());
      waitForTheEnd();
    } finally {
      workers.stop();
    }
  }

  /** False if it is told to stop before. */
  private boolean startsOnceTheServerAnswers() throws InterruptedException {
    long end = System.nanoTime() + WorkerSettings.SERVER_PATIENCE.toNanos();
    do {
      try {
        workers.start();
        return true;
      } catch (StatusRuntimeException away) {
        if (!ServerUnreachableException.mayComeBack(away) || System.nanoTime() > end) {
          throw away;
        }
        LOG.warn("the server does not answer: {}", away.getStatus());
        workers.shutDown();
      }
    } while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    return false;
  }

  /** A client that saw this worker poll may have started a run while it was ending. */
  private boolean startedAtTheLastMoment() {
    try {
      return new IdleWatch(client, workers.queues(), Duration.ZERO).openRuns() > 0;
    } catch (StatusRuntimeException unreachable) {
      LOG.warn("the server does not answer: {}", unreachable.getStatus());
      return false;
    }
  }

  private void waitForTheEnd() throws InterruptedException {
    Duration untilIdle = settings.untilIdle();
    IdleWatch idle =
        untilIdle == null ? null : new IdleWatch(client, workers.queues(), untilIdle);
    Duration sweep = RepositoryWorkers.SWEEP;
    Duration pause =
        idle == null || sweep.compareTo(idle.interval()) < 0 ? sweep : idle.interval();
    do {
      workers.sweep();
      if (idle != null && endsIdle(idle)) {
        return;
      }
    } while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS));
  }

  private boolean endsIdle(IdleWatch idle) {
    try {
      return idle.isIdle();
    } catch (StatusRuntimeException unreachable) {
      LOG.warn("the server does not answer: {}", unreachable.getStatus());
      return idle.isOverdue() && !workers.hasAttempts();
    }
  }
}
