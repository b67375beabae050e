package io.archmage.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.git.CommitId;
import io.archmage.git.TestRepo;
import io.archmage.merge.PublishRequest.Style;
import io.archmage.merge.Published.How;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherTest extends MergeFixture {
  private CommitId run;

  @BeforeEach
  void integrateOne() {
    run =
        attempt(
            "one",
            base,
            () -> {
              bench.write("a.txt", "0\n2\n3\n4\n5\n6\n7\n8\n9\n").write("new/n", "n");
              bench.delete("b.txt");
            });
    integrate("one", run, base);
    bench.git("checkout", "-q", "-f", "--detach", base.hex());
  }

  @Test
  void shouldFastForwardACleanCheckout() {
    user.write("untracked", "kept").write("new-untracked", "kept");
    Published published = publish(Style.MERGE);

    assertThat(published)
        .isEqualTo(new Published(How.FAST_FORWARD, run, Optional.empty(), Optional.empty()));
    assertThat(user.head()).isEqualTo(run);
    assertThat(user.git("status", "--porcelain"))
        .isEqualTo("?? new-untracked\n?? untracked\n");
    assertThat(user.path("new/n")).hasContent("n");
    assertThat(user.path("b.txt")).doesNotExist();
    assertThat(user.git("reflog", "-1", "--format=%gs").strip()).isEqualTo("archmage publish");
    assertThat(publish(Style.MERGE)).isEqualTo(published);
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void shouldMoveABranchNobodyHasCheckedOut(Style style) {
    user.git("checkout", "-q", "--detach");
    Map<String, String> before = user.everything();
    before.remove(".git/refs/heads/main");

    Published published = publish(style);
    Map<String, String> after = user.everything();
    after.remove(".git/refs/heads/main");

    assertThat(published.how())
        .isEqualTo(style == Style.SQUASH ? How.SQUASH : How.FAST_FORWARD);
    assertThat(user.id("main")).isEqualTo(published.commit());
    assertThat(after).isEqualTo(before);
    assertThat(publish(style)).isEqualTo(published);
  }

  @Test
  void shouldMergeWhenTheTargetWentOn() {
    CommitId theirs = user.write("theirs", "t").commit("user's own");

    Published published = publish(Style.MERGE);

    assertThat(published.how()).isEqualTo(How.MERGE);
    assertThat(user.head()).isEqualTo(published.commit());
    assertThat(user.git("show", "-s", "--format=%P", "HEAD").strip()).isEqualTo(theirs + " " + run);
    assertThat(user.git("status", "--porcelain")).isEmpty();
    assertThat(user.path("theirs")).exists();
    assertThat(publish(Style.MERGE)).isEqualTo(published);
    user.write("more", "m").commit("and on");
    assertThat(publish(Style.MERGE)).isEqualTo(published);
    user.git("fsck", "--strict");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldSquashToOneCommitWithOneParent(boolean targetWentOn) {
    CommitId parent = targetWentOn ? user.write("theirs", "t").commit("user's own") : base;

    Published published = publish(Style.SQUASH);

    assertThat(published.how()).isEqualTo(How.SQUASH);
    assertThat(user.git("show", "-s", "--format=%P|%s|%cn|%an", "HEAD").strip())
        .isEqualTo(parent + "|Publish demo|Archmage|Uma User");
    assertThat(user.git("status", "--porcelain")).isEmpty();
    assertThat(user.path("new/n")).exists();
    user.write("more", "m").commit("and on");
    assertThat(publish(Style.SQUASH)).isEqualTo(published);
  }

  @Test
  void shouldLeaveAConflictingTarget() {
    user.write("a.txt", "X\n2\n3\n4\n5\n6\n7\n8\n9\n").commit("user's own");

    assertLeft(publish(Style.MERGE), "conflicts with main in a.txt");
  }

  @ParameterizedTest
  @CsvSource({
    "echo x >> dir/c, uncommitted changes: dir/c",
    "rm dir/c, uncommitted changes: dir/c",
    "echo x >> dir/c && git add dir/c, uncommitted changes: dir/c",
    "echo x > add && git add -N add, uncommitted changes: add",
    "chmod +x dir/c, uncommitted changes: dir/c",
    "mkdir new && echo mine > new/n, in the way: new/n",
    "echo new > .git/info/exclude && mkdir new && echo mine > new/n, in the way: new/n",
    "echo mine > new, in the way: new",
    "mkdir -p new/n && echo mine > new/n/x, in the way: new/n/x",
    "touch .git/index.lock, delete",
    "touch .git/MERGE_HEAD, a merge is under way",
    "touch .git/CHERRY_PICK_HEAD, a cherry-pick is under way",
    "touch .git/REVERT_HEAD, a revert is under way",
    "mkdir .git/rebase-merge, a rebase is under way",
    "git bisect start, a bisect that began on it",
    "touch .git/BISECT_LOG, a bisect is under way",
    "touch .git/refs/heads/main.lock, is locked",
    "git update-index --assume-unchanged a.txt && echo mine > a.txt, cannot update",
    "git update-index --skip-worktree a.txt && echo mine > a.txt, cannot update",
  })
  void shouldLeaveACheckoutThatIsNotClean(String script, String because) {
    sh(user, script);
    Map<String, String> before = user.everything();

    Published published = publish(Style.MERGE);

    assertLeft(published, because);
    assertThat(user.everything()).isEqualTo(before);
    assertThat(user.id("main")).isEqualTo(base);
  }

  @Test
  void shouldLeaveABranchThatIsBeingRebasedOrBisected() {
    user.write("x", "1").commit("x1");
    user.write("x", "2").commit("x2");
    user.git("checkout", "-q", "-b", "other", base.hex());
    user.write("x", "3").commit("x3");
    assertThat(user.tryGit("rebase", "other", "main").exitCode()).isNotZero();
    assertLeft(publish(Style.MERGE), "a rebase of it is under way");
    user.git("rebase", "--abort");

    user.git("checkout", "-q", "main");
    user.git("bisect", "start", "HEAD", base.hex());
    assertLeft(publish(Style.MERGE), "a bisect");
  }

  @Test
  void shouldLookAtLinkedWorktreesToo() throws IOException {
    user.git("checkout", "-q", "--detach");
    user.git("worktree", "add", "-q", temp.resolve("linked").toString(), "main");
    TestRepo linked = TestRepo.at(temp.resolve("linked"));
    linked.write("dir/c", "dirty");
    assertLeft(publish(Style.MERGE), "uncommitted changes");
    linked.git("checkout", "dir/c");

    Path gone = Files.move(linked.directory(), temp.resolve("moved"));
    assertLeft(publish(Style.MERGE), "git worktree prune");
    Files.move(gone, linked.directory());

    user.git("checkout", "-q", "--ignore-other-worktrees", "main");
    assertLeft(publish(Style.MERGE), "2 worktrees");
    user.git("checkout", "-q", "--detach");

    assertThat(publish(Style.MERGE).how()).isEqualTo(How.FAST_FORWARD);
    assertThat(linked.git("status", "--porcelain")).isEmpty();
    assertThat(linked.path("new/n")).exists();
    assertThat(user.path("new/n")).doesNotExist();
  }

  @Test
  void shouldLeaveAMissingTargetAndUnrelatedHistories() {
    assertLeft(publish(Style.MERGE, "none"), "there is no branch none");
    user.git("checkout", "-q", "--orphan", "alone");
    user.commit("alone");
    assertLeft(publish(Style.MERGE, "alone"), "no commit in common");
  }

  @Test
  void shouldFinishWhatWasInterruptedBetweenFilesAndBranch() {
    user.write("theirs", "t").commit("user's own");
    CommitId before = user.head();
    Published first = publish(Style.MERGE);
    // What a crash before the branch moved leaves: files and index new, branch old.
    user.git("update-ref", "refs/heads/main", before.hex());
    assertThat(user.git("status", "--porcelain")).isNotEmpty();

    Published second = publish(Style.MERGE);

    assertThat(second.how()).isEqualTo(How.MERGE);
    assertThat(user.head()).isEqualTo(second.commit());
    assertThat(user.git("status", "--porcelain")).isEmpty();
    assertThat(user.git("rev-parse", "HEAD^{tree}"))
        .isEqualTo(user.git("rev-parse", first.commit() + "^{tree}"));
  }

  @Test
  void shouldLoseNothingWhenInterruptedInTheMiddleOfTheFiles() throws IOException {
    // What a crash during the update of the files leaves: some files new, index old and locked.
    user.write("a.txt", "0\n2\n3\n4\n5\n6\n7\n8\n9\n").write("new/n", "n");
    Path lock = Files.createFile(user.path(".git/index.lock"));
    assertLeft(publish(Style.MERGE), "index.lock");
    Files.delete(lock);
    assertLeft(publish(Style.MERGE), "uncommitted changes: a.txt");
    assertThat(user.path("new/n")).hasContent("n");
  }

  @Test
  void shouldKeepEditsMadeOnTopOfAnInterruptedPublication() {
    publish(Style.MERGE);
    user.git("update-ref", "refs/heads/main", base.hex());
    user.write("dir/c", "edited meanwhile");
    Map<String, String> before = user.everything();

    assertLeft(publish(Style.MERGE), "uncommitted changes");
    assertThat(user.everything()).isEqualTo(before);
  }

  @Test
  void shouldRunNoHooks() throws IOException {
    Path canary = temp.resolve("canary");
    for (String hook : new String[] {
      "reference-transaction", "post-checkout", "post-merge", "post-index-change",
      "pre-commit", "post-commit", "pre-merge-commit", "commit-msg", "post-rewrite"
    }) {
      Path file = user.path(".git/hooks/" + hook);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "#!/bin/sh\ntouch '" + canary + "'\nexit 1\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    user.git("config", "core.fsmonitor", "touch " + canary);

    assertThat(publish(Style.MERGE).how()).isEqualTo(How.FAST_FORWARD);
    assertThat(canary).doesNotExist();
  }

  @Test
  void shouldRespectASparseCheckout() {
    user.git("sparse-checkout", "set", "dir");

    assertThat(publish(Style.MERGE).how()).isEqualTo(How.FAST_FORWARD);
    assertThat(user.path("new/n")).doesNotExist();
    assertThat(user.git("status", "--porcelain")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void shouldPublishTheWholeRunAlthoughItsBranchWasSetBack(Style style) {
    user.git("update-ref", REFS.branch(), base.hex());

    Published published = publish(style);

    assertThat(repository.objects().treeOf(user.id("main")))
        .isEqualTo(repository.objects().treeOf(run));
    assertThat(published.commit()).isEqualTo(user.id("main"));
    assertThat(head()).isEqualTo(run);
  }

  @Test
  void shouldPublishTheWholeRunAlthoughItsBranchIsGone() {
    user.git("update-ref", "-d", REFS.branch());

    assertThat(publish(Style.MERGE).commit()).isEqualTo(run);
    assertThat(head()).isEqualTo(run);
  }

  @Test
  void shouldPublishWhatSomebodyAddedToTheBranch() {
    CommitId added = attempt("more", run, () -> bench.write("more", "m"));
    user.git("update-ref", REFS.branch(), added.hex());

    assertThat(publish(Style.MERGE).commit()).isEqualTo(added);
  }

  @Test
  void shouldLeaveABranchThatLacksTheRun() {
    CommitId other = attempt("other", base, () -> bench.write("other", "o"));
    user.git("update-ref", REFS.branch(), other.hex());

    assertLeft(publish(Style.MERGE), "put it back: git update-ref " + REFS.branch() + " " + run);
    assertThat(user.id("main")).isEqualTo(base);
    assertThat(head()).isEqualTo(other);
  }

  @Test
  void shouldPublishInABareRepository() {
    user.git("clone", "-q", "--mirror", ".", temp.resolve("bare").toString());
    TestRepo bare = TestRepo.at(temp.resolve("bare"));
    try (var repository = bare.open()) {
      Published published =
          new Publisher(repository)
              .publish(
                  new PublishRequest(REFS, "exec", run, "main", Style.MERGE, "s", AUTHOR, NOON));
      assertThat(published.how()).isEqualTo(How.FAST_FORWARD);
      assertThat(bare.id("main")).isEqualTo(run);
    }
  }

  private Published publish(Style style) {
    return publish(style, "main");
  }

  private Published publish(Style style, String target) {
    return new Publisher(repository)
        .publish(
            new PublishRequest(REFS, "exec", run, target, style, "Publish demo", AUTHOR, NOON));
  }

  private void assertLeft(Published published, String because) {
    assertThat(published.how()).isEqualTo(How.LEFT);
    assertThat(published.commit()).isEqualTo(run);
    assertThat(published.because().orElseThrow()).contains(because);
    assertThat(published.command()).contains("archmage publish run");
  }

  private static void sh(TestRepo repo, String script) {
    try {
      Process process =
          new ProcessBuilder("sh", "-c", script)
              .directory(repo.directory().toFile())
              .inheritIO()
              .start();
      assertThat(process.waitFor()).isZero();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
