package io.archmage.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.Identity;
import io.archmage.git.RunRefs;
import io.archmage.git.TaskTrailers;
import io.archmage.git.TestRepo;
import io.archmage.merge.IntegrationRequest;
import io.archmage.merge.Integrator;
import io.archmage.merge.MergeOutcome;
import io.archmage.workspace.Workspace.IgnoredFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures a task's git work in a repository of 5,000 files; logs medians in milliseconds. */
@EnabledIfSystemProperty(named = "archmage.measure", matches = "true")
@Isolated("it measures time")
class WorkspaceCostTest {
  private static final Logger LOG = LoggerFactory.getLogger(WorkspaceCostTest.class);
  private static final int FILES = Integer.getInteger("archmage.measure.files", 5_000);
  private static final int ROUNDS = 15;

  @TempDir
  Path temp;
  private final Map<String, List<Long>> times = new TreeMap<>();

  @Test
  void shouldMeasureATask() throws IOException {
    TestRepo user = TestRepo.init(temp.resolve("user"));
    for (int i = 0; i < FILES; i++) {
      String path = "d%02d/e%02d/f%d.txt".formatted(i % 40, i / 40 % 20, i);
      user.write(path, ("line " + i + "\n").repeat(150));
    }
    CommitId base = user.commit("base");
    RunRefs refs = new RunRefs("cost");
    try (GitRepository repository = user.open()) {
      repository.refs().create(refs.branch(), base);
      for (int i = 0; i < ROUNDS; i++) {
        Path root = temp.resolve("ws" + i);
        Workspace workspace =
            time(
                "prepare",
                () -> Workspace.prepare(repository, root, base, WorkspaceSettings.DEFAULT));
        for (int k = 0; k < 3; k++) {
          Files.writeString(workspace.files().resolve("d0" + k + "/e00/new" + i), "x" + i);
        }
        TaskTrailers trailers = new TaskTrailers("cost", "e", "t" + i, 1, "f");
        Instant now = Instant.EPOCH;
        Snapshot snapshot =
            time(
                "snapshot (3 files)",
                () -> workspace.snapshot(
                    new SnapshotRequest(
                        "d",
                        trailers,
                        Identity.ARCHMAGE,
                        now,
                        refs.attempt(trailers.task(), 1),
                        List.of())));
        MergeOutcome outcome =
            time(
                "integrate",
                () -> new Integrator(repository)
                    .integrate(
                        new IntegrationRequest(
                            refs, snapshot.integrable().orElseThrow(), base, Optional.empty(),
                            "d", trailers, Identity.ARCHMAGE, now, List.of(), false)));
        assertThat(outcome).isInstanceOf(MergeOutcome.Merged.class);
        time(
            "move to the head",
            () -> {
              workspace.moveTo(outcome.head(), IgnoredFiles.REMOVE);
              return "";
            });
        time(
            "remove",
            () -> {
              workspace.remove();
              return "";
            });
      }
    }
    times.forEach(
        (what, list) -> LOG.warn(
            "{} files, {}: median {} ms, best {} ms, worst {} ms",
            FILES,
            what,
            list.stream().sorted().toList().get(list.size() / 2),
            list.stream().min(Long::compare).orElseThrow(),
            list.stream().max(Long::compare).orElseThrow()));
  }

  private <T> T time(String what, Supplier<T> action) {
    long start = System.nanoTime();
    T result = action.get();
    long millis = (System.nanoTime() - start) / 1_000_000;
    times.computeIfAbsent(what, w -> new ArrayList<>()).add(millis);
    return result;
  }
}
