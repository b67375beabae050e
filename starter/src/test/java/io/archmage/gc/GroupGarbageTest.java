package io.archmage.gc;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.contract.PreparedGroup;
import io.archmage.contract.RunKey;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.NativeGit;
import io.archmage.git.RunRefs;
import io.archmage.merge.GroupWorktree;
import io.archmage.plan.TaskGroup;
import io.archmage.prepare.GroupClaims;
import io.archmage.prepare.GroupWorktrees;
import io.archmage.prepare.RunClaims;
import io.archmage.worker.RunFate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worktrees and branches of groups that ended runs left, and what git and runs know of them. */
class GroupGarbageTest {

  private static final Instant NOW = Instant.parse("2030-01-31T00:00:00Z");
  private static final RunRefs RUN = new RunRefs("a");

  @TempDir
  Path temp;
  private Path directory;
  private GitRepository repository;
  private CommitId base;
  private String group;
  private RunFate fate = new RunFate(RunFate.State.ENDED, NOW.minus(Duration.ofDays(3)));

  @BeforeEach
  void begin() throws IOException {
    directory = temp.toRealPath().resolve("repository");
    Files.createDirectories(directory);
    NativeGit git = NativeGit.in(directory);
    git.run("init", "-q", "-b", "main").orThrow();
    Files.writeString(directory.resolve("base"), "");
    git.run("add", "-A").orThrow();
    git.run("-c", "user.name=U", "-c", "user.email=u@x", "commit", "-qm", "base").orThrow();
    repository = GitRepository.open(directory);
    base = repository.requireHead();
    new RunClaims(repository)
        .claim(new RunClaims.Claim("a", "exec", base.hex(), "main", null, null));
    group = claim("a", "exec", "One");
    assertThat(new GroupWorktree(repository, group).make().path()).contains(worktree());
  }

  @AfterEach
  void end() {
    repository.close();
  }

  private String claim(String run, String execution, String name) {
    List<PreparedGroup> groups =
        new GroupClaims(repository)
            .claim(
                new RunKey(run, execution, run),
                List.of(new TaskGroup("1", TaskGroup.Kind.EPIC, name)),
                base,
                null);
    return groups.getFirst().name();
  }

  private Path worktree() {
    return directory.resolve(".worktrees").resolve(group);
  }

  /** A commit on the group's branch, made in its worktree. */
  private CommitId work() throws IOException {
    Files.writeString(worktree().resolve("work"), "work\n");
    NativeGit git = NativeGit.in(worktree());
    git.run("add", "-A").orThrow();
    git.run("-c", "user.name=U", "-c", "user.email=u@x", "commit", "-qm", "work").orThrow();
    return repository.branch(group).orElseThrow();
  }

  private List<GcItem> collect(boolean dry) {
    RunEnds ends = new RunEnds(repository, (run, execution) -> fate);
    return new GroupGarbage(
        repository, new GcRequest(Duration.ofDays(1), dry, false, NOW), ends).collect();
  }

  @Test
  void shouldRemoveWhatTheRunHas() throws IOException {
    repository.refs().set(RUN.branch(), work());

    assertThat(collect(true)).singleElement().matches(GcItem::removed);
    assertThat(worktree()).exists();
    assertThat(collect(false)).singleElement().matches(GcItem::removed);

    assertThat(worktree()).doesNotExist();
    assertThat(repository.branch(group)).isEmpty();
    assertThat(collect(false)).isEmpty();
  }

  @Test
  void shouldRemoveWhatTheUserMerged() throws IOException {
    repository.refs().set("refs/heads/main", work());

    assertThat(collect(false))
        .singleElement()
        .matches(item -> item.removed() && item.because().contains("refs/heads/main"));
  }

  @Test
  void shouldKeepWorkThatNoOtherBranchHas() throws IOException {
    CommitId work = work();

    assertThat(collect(false))
        .singleElement()
        .matches(item -> !item.removed() && item.because().contains("no other branch"));
    assertThat(repository.branch(group)).contains(work);
    assertThat(worktree()).exists();
    assertThat(
        new RefGarbage(
            repository,
            new GcRequest(Duration.ofDays(1), false, true, NOW),
            new RunEnds(repository, (run, execution) -> fate)).decide())
        .singleElement()
        .matches(decision -> decision.remove().isEmpty())
        .matches(decision -> decision.because().contains(group));
  }

  @Test
  void shouldKeepAWorktreeInWhichSomebodyWorks() throws IOException {
    repository.refs().set(RUN.branch(), work());
    Files.writeString(worktree().resolve("idea"), "half");

    assertThat(collect(false))
        .singleElement()
        .matches(item -> !item.removed() && item.because().contains("idea"));
    assertThat(worktree().resolve("idea")).hasContent("half");
    assertThat(repository.branch(group)).isPresent();
  }

  @Test
  void shouldLeaveAloneWhatAnOpenRunHas() throws IOException {
    repository.refs().set(RUN.branch(), work());
    fate = RunFate.of(RunFate.State.OPEN);

    assertThat(collect(false)).isEmpty();
    assertThat(worktree()).exists();
  }

  @Test
  void shouldNameWhatOnlyGitOrOnlyARunKnows() throws Exception {
    NativeGit git = NativeGit.in(directory);
    git.run("worktree", "add", "-q", "-b", "mine", ".worktrees/mine").orThrow();
    GroupWorktrees worktrees = new GroupWorktrees(repository);
    assertThat(worktrees.reconcile(true).recovered()).containsExactly(worktree().toString());
    assertThat(worktrees.reconcile(true).cleaned()).isEmpty();
    assertThat(worktrees.reconcile(true).unknown())
        .containsExactly(directory.resolve(".worktrees/mine").toString());
    Files.delete(worktree().resolve("base"));
    Files.delete(worktree().resolve(".git"));
    Files.delete(worktree());

    assertThat(worktrees.reconcile(false).cleaned()).containsExactly(worktree().toString());
    assertThat(worktrees.reconcile(true).cleaned()).containsExactly(worktree().toString());

    assertThat(worktrees.reconcile(true).cleaned()).isEmpty();
    assertThat(git.run("worktree", "list").text()).doesNotContain(group).contains("mine");
    assertThat(repository.branch(group)).isPresent();
  }

  @Test
  void shouldForgetAGroupWithoutABranchOnceItsRunHasEnded() {
    repository.git().run("worktree", "remove", worktree().toString()).orThrow();
    repository.git().run("branch", "-q", "-D", group).orThrow();
    GroupWorktrees worktrees = new GroupWorktrees(repository);
    assertThat(worktrees.reconcile(true).cleaned()).isEmpty();
    repository.refs()
        .create(
            RUN.prefix() + "given-up", repository.objects().writeBlob(new byte[0]));

    assertThat(worktrees.reconcile(true).cleaned()).containsExactly(RUN.groupClaim("1"));
    assertThat(repository.refs().read(RUN.groupClaim("1"))).isEmpty();
  }

  @Test
  void shouldGiveTheSecondRunANameOfItsOwn() {
    new RunClaims(repository)
        .claim(new RunClaims.Claim("b", "other", base.hex(), "main", null, null));

    assertThat(claim("b", "other", "One")).isEqualTo("epic-1-one-b");
    assertThat(claim("b", "other", "One")).isEqualTo("epic-1-one-b");
    assertThat(claim("a", "exec", "One")).isEqualTo("epic-1-one");
    assertThat(repository.branch("epic-1-one-b")).contains(base);
  }
}
