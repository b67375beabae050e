package io.archmage.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.contract.RunKey;
import io.archmage.workspace.Lease.Holder;
import io.archmage.workspace.Workspace.IgnoredFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets which directory. */
class WorkspacePoolTest {

  private static final RunKey RUN = new RunKey("run", "e1", "run");
  private static final RunKey OTHER = new RunKey("run", "e2", "run.2");

  @TempDir
  private Path temp;
  private WorkspacePool pool;

  @BeforeEach
  void open() {
    pool = new WorkspacePool(temp.resolve("pool"), 2);
  }

  private Lease lease(RunKey run, String task) throws IOException {
    Lease lease = pool.lease(new Holder(run, task));
    Files.createDirectories(lease.root());
    return lease;
  }

  @Test
  void shouldGiveEachHolderOneOfItsOwn() throws IOException {
    Lease first = lease(RUN, "A");

    assertThat(lease(RUN, "B").root()).isNotEqualTo(first.root());
    assertThat(lease(OTHER, "A").root()).isNotEqualTo(first.root());
    assertThat(lease(RUN, "A")).isEqualTo(first);
    assertThat(pool.leased(new Holder(RUN, "C"))).isEmpty();
  }

  @Test
  void shouldGiveATaskItsOwnAgainAndKeepIgnoredFilesWithinARun() throws IOException {
    Lease first = lease(RUN, "A");
    Lease second = lease(RUN, "B");
    assertThat(first.ignoredFiles()).isEqualTo(IgnoredFiles.REMOVE);
    pool.release(first);
    pool.release(second);

    Lease again = lease(RUN, "B");
    assertThat(again.root()).isEqualTo(second.root());
    assertThat(again.ignoredFiles()).isEqualTo(IgnoredFiles.KEEP);
    Lease foreign = lease(OTHER, "B");
    assertThat(foreign.root()).isEqualTo(first.root());
    assertThat(foreign.ignoredFiles()).isEqualTo(IgnoredFiles.REMOVE);
  }

  @Test
  void shouldKeepOnlySoManyIdle() throws IOException {
    List<Lease> leases = List.of(lease(RUN, "A"), lease(RUN, "B"), lease(RUN, "C"));
    for (Lease lease : leases) {
      pool.release(lease);
    }

    assertThat(pool.idle()).containsExactly(leases.get(0).root(), leases.get(1).root());
    assertThat(leases.get(2).root()).doesNotExist();
    new WorkspacePool(temp.resolve("pool"), 0).trim();
    assertThat(temp.resolve("pool")).isDirectoryNotContaining("glob:**/[0-9]*");
  }

  @Test
  void shouldTakeTheLeaseForTrueIfAWorkerDiedWhileGivingItBack() throws IOException {
    Lease lease = lease(RUN, "A");
    Path notes = temp.resolve("pool");
    Files.copy(notes.resolve("1.lease"), notes.resolve("1.free"));

    assertThat(pool.leases()).containsExactly(lease);
    assertThat(pool.idle()).isEmpty();
    assertThat(lease(RUN, "B").root()).isNotEqualTo(lease.root());
  }

  @Test
  void shouldLeaveAloneWhatNobodyKnowsAbout() throws IOException {
    Lease lease = lease(RUN, "A");
    Files.writeString(lease.root().resolve("work"), "precious");
    Files.writeString(temp.resolve("pool/1.lease"), "");

    assertThat(lease(RUN, "B").root()).isNotEqualTo(lease.root());
    pool.trim();
    assertThat(lease.root().resolve("work")).hasContent("precious");
  }

  @Test
  void shouldPutAsideForAWhile() throws IOException {
    Lease lease = lease(RUN, "A");
    Files.writeString(lease.root().resolve("work"), "half done");
    Path place = pool.keptPlace("run-A-1");

    pool.keep(lease, place, false);

    assertThat(pool.leases()).isEmpty();
    assertThat(place.resolve("work")).hasContent("half done");
    pool.expire(Instant.now());
    assertThat(pool.kept()).containsExactly(place);
    Instant old = Instant.now().minus(WorkspacePool.KEPT_FOR).minus(Duration.ofMinutes(1));
    Files.setLastModifiedTime(place, FileTime.from(old));
    pool.expire(Instant.now());
    assertThat(place).doesNotExist();
  }

  @Test
  void shouldNeverGiveOneToTwo() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Path>> askers =
          IntStream.range(0, 40)
              .<Callable<Path>>mapToObj(task -> () -> lease(RUN, "T" + task).root())
              .toList();
      List<Future<Path>> roots = threads.invokeAll(askers);
      for (Future<Path> root : roots) {
        assertThat(root.get()).isDirectory();
      }
    }
    assertThat(pool.leases()).extracting(Lease::root).doesNotHaveDuplicates().hasSize(40);
  }
}
