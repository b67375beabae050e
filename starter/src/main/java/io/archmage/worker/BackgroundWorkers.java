package io.archmage.worker;

import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Workers of repositories beside a program's own, with a thread that clears up after runs. */
final class BackgroundWorkers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundWorkers.class);

  private final RepositoryWorkers workers;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch swept = new CountDownLatch(1);

  private BackgroundWorkers(RepositoryWorkers workers) {
    this.workers = workers;
  }

  /** Starts polling; fails if the server does not answer, and then nothing polls. */
  static BackgroundWorkers start(WorkflowClient client, WorkerSettings settings) {
    RepositoryWorkers workers = new RepositoryWorkers(client, settings);
    try {
      workers.start();
    } catch (RuntimeException | Error failed) {
      workers.shutDown();
      throw failed;
    }
    LOG.info("serving {} on queue {}", workers.identity(), settings.queue());
    BackgroundWorkers started = new BackgroundWorkers(workers);
    Thread.ofPlatform().daemon().name("archmage-sweep").start(started::sweep);
    return started;
  }

  private void sweep() {
    try {
      do {
        workers.sweep();
      } while (!stop.await(RepositoryWorkers.SWEEP.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      swept.countDown();
    }
  }

  /** Stops polling, lets go of familiars, and waits for both threads and workers. */
  @Override
  public void close() {
    stop.countDown();
    Duration limit = RepositoryWorkers.STOP_LIMIT;
    try {
      if (!swept.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("still clearing up after {} s", limit.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.shutDown();
  }
}
