package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.archmage.fault.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills workers, servers, familiars and supervisors, and looks what becomes of the run: a few times
 * in every build, {@code -Pcrash} for long, {@code -Dcrash.seed=N} for one case alone.
 */
class CrashTest {

  private static final Logger LOG = LoggerFactory.getLogger(CrashTest.class);
  private static final int RUNS = Integer.getInteger("crash.runs", 4);
  private static final Long SEED = Long.getLong("crash.seed");

  /** Of those that are named by a step, in one run. */
  private static final int KILLS = 4;

  /** Of three runs of a kind, one is rolled back. */
  private static final int UNDONE_EVERY = 3;

  private static final int AT_ONCE = 3;

  @TempDir
  private Path folder;
  private CrashWorld world;
  private final Map<CrashPlan, String> calmTrees = new EnumMap<>(CrashPlan.class);

  @Test
  void shouldLoseNothingAndPayNothingTwice() throws Exception {
    TestProject first = TestProject.make(folder.resolve("server"));
    List<String> kills = new ArrayList<>();
    List<Throwable> escapes = new ArrayList<>();
    try (CrashWorld opened = new CrashWorld(first);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      world = opened;
      for (CrashPlan plan : CrashPlan.values()) {
        TestProject calm = plan.project(folder.resolve("calm-" + plan));
        CrashRun.Outcome end = CrashRun.of(world, plan, calm, -1 - plan.ordinal(), List.of(), 0);
        assertThat(end.report().path("status").asText()).isEqualTo(plan.status());
        calmTrees.put(plan, plan.tree(calm, end.run()));
      }
      List<Future<List<String>>> runs =
          LongStream.range(0, RUNS)
              .map(run -> SEED == null ? run : SEED)
              .mapToObj(seed -> threads.submit(() -> run(seed)))
              .toList();
      for (Future<List<String>> run : runs) {
        try {
          kills.addAll(run.get());
        } catch (ExecutionException escape) {
          escapes.add(escape.getCause());
        }
      }
    }
    SortedMap<String, Long> kinds = new TreeMap<>();
    kills.forEach(kill -> kinds.merge(kill, 1L, Long::sum));
    LOG.warn(
        "CRASH: {} runs, seeds 0 to {}, {} kills, {} escapes: {}",
        RUNS,
        RUNS - 1,
        kills.size(),
        escapes.size(),
        kinds);
    assertThat(escapes).isEmpty();
    assertThat(kills).hasSizeGreaterThanOrEqualTo(RUNS);
  }

  private List<String> run(long seed) throws Exception {
    boolean named = seed % 2 == 0;
    long number = seed / 2;
    CrashPlan plan = number % UNDONE_EVERY == 1 ? CrashPlan.UNDONE : CrashPlan.MERGED;
    TestProject project = plan.project(folder.resolve("seed-" + seed));
    List<Step> steps = named ? steps(plan, number) : List.of();
    CrashRun.Outcome end = CrashRun.of(world, plan, project, seed, steps, named ? 0 : 3);
    String what = "seed " + seed + " " + plan + " after " + end.kills();
    assertThat(end.report().path("status").asText()).as(what).isEqualTo(plan.status());
    assertThat(plan.tree(project, end.run())).as(what).isEqualTo(calmTrees.get(plan));
    assertThat(project.git("fsck", "--strict", "--no-dangling")).as(what).isEmpty();
    assertThat(project.git("status", "--porcelain")).as(what).isEmpty();
    assertThat(project.git("worktree", "list").lines()).as(what).hasSize(1);
    assertThat(project.git("branch", "--list", "g")).as(what).isEmpty();
    for (JsonNode task : end.report().path("tasks")) {
      String id = task.path("id").asText();
      assertThat(project.invocations().stream().filter(line -> line.startsWith(id + " ")))
          .as(what + ": processes of " + id)
          .hasSizeBetween(1, plan.attempts(id) + end.lost().getOrDefault(id, 0));
    }
    assertThat(project.processes()).as(what).isEmpty();
    LOG.info("seed {} {}: {}", seed, plan, end.kills());
    return end.kills();
  }

  /** All steps come up once before one comes up again; in a run in the order they are reached. */
  private static List<Step> steps(CrashPlan plan, long number) {
    int perRound = Math.ceilDiv(Step.values().length, KILLS);
    List<Step> all = new ArrayList<>(List.of(Step.values()));
    Collections.shuffle(all, new Random(number / perRound));
    int from = (int) (number % perRound) * KILLS;
    return all.subList(from, Math.min(from + KILLS, all.size()))
        .stream()
        .filter(plan::reaches)
        .sorted()
        .toList();
  }
}
