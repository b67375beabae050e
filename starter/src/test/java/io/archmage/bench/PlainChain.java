package io.archmage.bench;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Temporal alone: activities that do nothing, one after another, on a queue of their own. */
final class PlainChain implements AutoCloseable {

  /** A chain. */
  @WorkflowInterface
  public interface ChainWorkflow {

    /** Calls that many activities, each on the other worker's queue. */
    @WorkflowMethod
    int run(int activities);
  }

  /** A step. */
  @ActivityInterface
  public interface StepActivity {

    /** Returns its argument. */
    int step(int number);
  }

  /** The chain itself. */
  public static final class ChainWorkflowImpl implements ChainWorkflow {

    private final StepActivity steps =
        Workflow.newActivityStub(
            StepActivity.class,
            ActivityOptions.newBuilder()
                .setTaskQueue(Workflow.getInfo().getTaskQueue() + "@host")
                .setStartToCloseTimeout(Duration.ofMinutes(1))
                .build());

    @Override
    public int run(int activities) {
      int last = 0;
      for (int number = 1; number <= activities; number++) {
        last = steps.step(number);
      }
      return last;
    }
  }

  private final WorkflowClient client;
  private final String queue;
  private final WorkerFactory factory;

  PlainChain(WorkflowClient client, String queue) {
    this.client = client;
    this.queue = queue;
    factory = WorkerFactory.newInstance(client);
    Worker workflows = factory.newWorker(queue);
    workflows.registerWorkflowImplementationTypes(ChainWorkflowImpl.class);
    factory.newWorker(queue + "@host")
        .registerActivitiesImplementations((StepActivity) number -> number);
    factory.start();
  }

  /** Milliseconds of one chain. */
  double run(int activities) {
    ChainWorkflow chain =
        client.newWorkflowStub(
            ChainWorkflow.class,
            WorkflowOptions.newBuilder()
                .setTaskQueue(queue)
                .setWorkflowExecutionTimeout(Duration.ofMinutes(5))
                .build());
    long begin = System.nanoTime();
    if (chain.run(activities) != activities) {
      throw new IllegalStateException("the chain ended early");
    }
    return (System.nanoTime() - begin) / 1e6;
  }

  @Override
  public void close() {
    factory.shutdownNow();
    factory.awaitTermination(10, TimeUnit.SECONDS);
  }
}
