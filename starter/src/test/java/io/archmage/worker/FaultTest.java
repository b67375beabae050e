package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.archmage.fault.Step;
import io.archmage.git.GitException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets steps of activities fail: before they did anything, in the middle, and when all is done but
 * Temporal was not told. {@code -Dfault.runs=N} for more, {@code -Dfault.seed=N} for one alone.
 */
@Isolated("it listens to the steps of every worker in this process")
class FaultTest {

  private static final Logger LOG = LoggerFactory.getLogger(FaultTest.class);
  private static final int RUNS = Integer.getInteger("fault.runs", 1);
  private static final Long SEED = Long.getLong("fault.seed");

  /** Of a step that is reached, to fail. */
  private static final double RISK = 0.06;

  @TempDir
  private Path folder;

  @AfterEach
  void listenNoMore() {
    StepControl.tell(null);
  }

  private static LongStream seeds() {
    return SEED == null ? LongStream.range(0, RUNS) : LongStream.of(SEED);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldEndAsIfNothingHadHappened(long seed) throws Exception {
    TestProject calm = CrashPlan.MERGED.project(folder.resolve("calm"));
    run(calm);
    TestProject project = CrashPlan.MERGED.project(folder.resolve("disturbed"));
    Random random = new Random(seed);
    SortedMap<Step, Integer> faults = Collections.synchronizedSortedMap(new TreeMap<>());
    StepControl.tell(
        step -> {
          if (draw(random) < RISK) {
            faults.merge(step, 1, Integer::sum);
            throw draw(random) < 0.5
                ? new GitException("injected at " + step, null)
                : new UncheckedIOException(new IOException("injected at " + step));
          }
        });

    JsonNode report = run(project);

    StepControl.tell(null);
    String what = "seed " + seed + ": " + faults;
    LOG.info("{}", what);
    assertThat(faults).as(what).isNotEmpty();
    assertThat(report.path("status").asText()).as(what).isEqualTo("completed");
    assertThat(project.tree("main")).as(what).isEqualTo(calm.tree("main"));
    assertThat(project.invocations())
        .as(what)
        .containsExactlyInAnyOrder("a 1", "b 1", "c 1", "d 1", "e 1");
    assertThat(project.leftovers()).as(what).isEmpty();
    assertThat(project.git("fsck", "--strict", "--no-dangling")).as(what).isEmpty();
  }

  /** Steps are reached on many threads; which draws which number is for chance to say. */
  private static synchronized double draw(Random random) {
    return random.nextDouble();
  }

  @Test
  void shouldReachEveryStep() throws Exception {
    List<Step> reached = Collections.synchronizedList(new ArrayList<>());
    Consumer<Step> listener = reached::add;
    StepControl.tell(listener);

    run(CrashPlan.MERGED.project(folder));

    assertThat(reached).contains(Step.values());
  }

  private static JsonNode run(TestProject project) throws Exception {
    DevServer server = DevServer.shared();
    String id = "faults-" + UUID.randomUUID();
    try (ServingWorker worker = ServingWorker.start(server.client(), id, project)) {
      assertThat(worker).isNotNull();
      WorkflowStub stub =
          server
              .client()
              .newUntypedWorkflowStub(
                  "Plan", WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(id).build());
      stub.start(CrashPlan.MERGED.plan());
      return stub.getResult(120, TimeUnit.SECONDS, JsonNode.class);
    }
  }
}
