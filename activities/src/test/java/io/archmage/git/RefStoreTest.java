package io.archmage.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.git.RefStore.Change;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jgit.lib.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RefStoreTest {
  private static final String REF = "refs/archmage/r/run";

  @TempDir
  Path temp;
  private TestRepo repo;
  private GitRepository repository;
  private CommitId one;
  private CommitId two;

  @BeforeEach
  void open() {
    repo = TestRepo.init(temp.resolve("user"));
    one = repo.commit("one");
    two = repo.commit("two");
    repository = repo.open();
  }

  @AfterEach
  void close() {
    repository.close();
  }

  @Test
  void shouldChangeOnlyWhatIsAsExpected() {
    RefStore refs = repository.refs();

    assertThat(refs.create(REF, one)).isEqualTo(Change.DONE);
    assertThat(refs.create(REF, one)).isEqualTo(Change.ALREADY);
    assertThat(refs.create(REF, two)).isEqualTo(Change.LOST);
    assertThat(refs.update(REF, two, two)).isEqualTo(Change.LOST);
    assertThat(refs.update(REF, two, one)).isEqualTo(Change.DONE);
    assertThat(refs.update(REF, one, two)).as("backwards").isEqualTo(Change.DONE);
    assertThat(refs.delete(REF, two)).isEqualTo(Change.LOST);
    assertThat(repo.id(REF)).isEqualTo(one);
    assertThat(refs.list("refs/archmage/")).isEqualTo(Map.of(REF, one));
    assertThat(refs.delete(REF, one)).isEqualTo(Change.DONE);
    assertThat(refs.delete(REF, one)).isEqualTo(Change.ALREADY);
    assertThat(refs.read(REF)).isEmpty();
  }

  @Test
  void shouldSeeAndChangePackedRefs() {
    repository.refs().create(REF, one);
    repo.git("pack-refs", "--all");

    assertThat(repository.refs().update(REF, two, one)).isEqualTo(Change.DONE);
    assertThat(repo.id(REF)).isEqualTo(two);
    repo.git("pack-refs", "--all");
    assertThat(repository.refs().delete(REF, two)).isEqualTo(Change.DONE);
    assertThat(repo.tryGit("rev-parse", "-q", "--verify", REF).exitCode()).isNotZero();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldRemoveALockOfItsOwnWhoseOwnerIsDead() throws IOException {
    RefStore refs = new RefStore(repository, Duration.ofMillis(50));
    assertThat(refs.create(REF, one)).isEqualTo(Change.DONE);
    Path lock = Files.createFile(repo.path(".git/" + REF + ".lock"));
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(60)));

    assertThat(refs.update(REF, two, one)).isEqualTo(Change.DONE);

    assertThat(lock).doesNotExist();
    assertThat(repo.id(REF)).isEqualTo(two);
    Files.createFile(lock);
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().plusSeconds(3_600)));
    refs.set(REF, one);
    assertThat(lock).as("left behind before the clock was set back").doesNotExist();
    assertThat(repo.id(REF)).isEqualTo(one);
    Path foreign = Files.createFile(repo.path(".git/refs/heads/main.lock"));
    Files.setLastModifiedTime(foreign, FileTime.from(Instant.now().minusSeconds(60)));
    assertThatThrownBy(() -> refs.set("refs/heads/main", one)).hasMessageContaining("main.lock");
    assertThat(foreign).exists();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldLeaveALockThatSomebodyHasOpen() throws IOException {
    RefStore refs = new RefStore(repository, Duration.ofMillis(50));
    assertThat(refs.create(REF, one)).isEqualTo(Change.DONE);
    Path lock = repo.path(".git/" + REF + ".lock");
    try (OutputStream owner = Files.newOutputStream(lock)) {
      owner.flush();
      Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(60)));

      assertThatThrownBy(() -> refs.update(REF, two, one)).hasMessageContaining("stays locked");
    }
    assertThat(lock).exists();
  }

  /** Whoever holds it opens and closes other files meanwhile, as a busy worker does. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldLeaveALockOfSomebodyWhoIsBusy() throws IOException, InterruptedException {
    RefStore refs = new RefStore(repository, Duration.ofMillis(50));
    assertThat(refs.create(REF, one)).isEqualTo(Change.DONE);
    Path other = Files.createFile(repo.path(".git/other"));
    Path lock = repo.path(".git/" + REF + ".lock");
    AtomicBoolean done = new AtomicBoolean();
    // What is opened before the lock is looked at before it; its numbers become free for others.
    List<InputStream> before = new ArrayList<>();
    for (int file = 0; file < 8; file++) {
      before.add(Files.newInputStream(other));
    }
    Thread busy = Thread.ofPlatform().unstarted(() -> openAndClose(other, done));
    try (OutputStream owner = Files.newOutputStream(lock)) {
      owner.flush();
      Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(60)));
      for (InputStream file : before) {
        file.close();
      }
      busy.start();
      for (int time = 0; time < 20; time++) {
        assertThatThrownBy(() -> refs.update(REF, two, one)).hasMessageContaining("stays locked");
      }
    } finally {
      done.set(true);
      busy.join();
    }
  }

  private static void openAndClose(Path file, AtomicBoolean done) {
    while (!done.get()) {
      try (InputStream opened = Files.newInputStream(file)) {
        opened.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void shouldWaitForALockThatGoesAndNameOneThatStays() throws IOException {
    Path lock = repo.path(".git/" + REF + ".lock");
    Files.createDirectories(lock.getParent());
    Files.createFile(lock);
    CompletableFuture<Void> removed = CompletableFuture.runAsync(
        () -> lock.toFile().delete(),
        CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
    assertThat(repository.refs().create(REF, one)).isEqualTo(Change.DONE);
    removed.join();

    Files.createFile(lock);
    assertThatThrownBy(
        () -> new RefStore(repository, Duration.ofMillis(50)).update(REF, two, one))
        .isInstanceOf(GitException.class)
        .hasMessageContaining(REF + ".lock");
    assertThat(lock).exists();
    assertThat(repo.id(REF)).isEqualTo(one);
  }

  @Test
  void shouldLetOneOfManyWin() {
    RefStore refs = repository.refs();
    List<CommitId> commits = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      commits.add(
          repository
              .objects()
              .writeCommit(
                  repository.objects().treeOf(one),
                  List.of(one),
                  Identity.ARCHMAGE,
                  "c" + i,
                  Instant.EPOCH));
    }
    List<Change> changes =
        commits.parallelStream().map(commit -> refs.create(REF, commit)).toList();

    assertThat(changes).containsOnlyOnce(Change.DONE).hasSize(16);
    assertThat(commits).contains(repo.id(REF));
  }

  @Test
  void shouldRefuseNamesGitRefuses() {
    assertThatThrownBy(() -> repository.refs().create("refs/archmage/../x", one))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldWriteAndReadObjects() {
    ObjectStore objects = repository.objects();
    byte[] text = "hello\n".getBytes(StandardCharsets.UTF_8);
    CommitId tree = objects.writeTree(Map.of("a/b.txt", text, "a.txt", text, "a0", text));
    CommitId commit =
        objects.writeCommit(
            tree, List.of(two), new Identity("A <b>\n", "x"), "message", Instant.EPOCH);

    assertThat(objects.readFile(commit, "a/b.txt")).hasValue(text);
    assertThat(objects.readFile(tree, "a.txt")).hasValue(text);
    assertThat(objects.readFile(commit, "a")).isEmpty();
    assertThat(objects.readFile(commit, "none")).isEmpty();
    assertThat(objects.readBlob(objects.writeBlob(text))).hasValue(text);
    assertThat(objects.readBlob(new CommitId("1".repeat(40)))).isEmpty();
    assertThat(objects.isAncestor(one, commit)).isTrue();
    assertThat(objects.isAncestor(commit, one)).isFalse();
    assertThat(repo.git("show", "-s", "--format=%an|%cn <%ce>|%s", commit.hex()).strip())
        .isEqualTo("A  b|Archmage <archmage@localhost>|message");
    assertThat(repo.git("rev-parse", commit + "^{tree}").strip()).isEqualTo(tree.hex());
    repo.git("fsck", "--strict");
  }

  @Test
  void shouldSyncWhatItWritesAlsoAfterTheConfigurationChanged() {
    for (int i = 0; i < 2; i++) {
      Config config = repository.jgit().getConfig();
      assertThat(config.getBoolean("core", "fsyncObjectFiles", false)).isTrue();
      assertThat(config.getBoolean("core", "fsyncRefFiles", false)).isTrue();
      repo.git("config", "x.y", "a longer value so that the size differs");
    }
    assertThat(repo.tryGit("config", "core.fsyncObjectFiles").exitCode()).isEqualTo(1);
  }

  @Test
  void shouldRunGitWithoutTheCallersVariablesAndWithinItsTime() {
    NativeGit git = NativeGit.in(repo.directory());

    assertThat(git.run("rev-parse", "HEAD").orThrow().text()).isEqualTo(two.hex());
    GitResult failed = git.run("rev-parse", "--verify", "none");
    assertThat(failed.exitCode()).isEqualTo(128);
    assertThatThrownBy(failed::orThrow)
        .isInstanceOfSatisfying(
            GitException.class,
            e -> assertThat(e.argv()).startsWith("git").contains("core.hooksPath=/dev/null"))
        .hasMessageContaining("Needed a single revision");
    assertThatThrownBy(
        () -> git.withLimit(Duration.ofMillis(100))
            .run("-c", "alias.wait=!exec cat /dev/zero >/dev/null", "wait"))
        .isInstanceOf(GitException.class)
        .hasMessageContaining("did not end within");
  }
}
