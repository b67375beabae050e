package io.archmage.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.TestRepo;
import io.archmage.git.UnusableRepositoryException;
import io.archmage.workspace.Workspace.IgnoredFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkspaceTest extends WorkspaceFixture {
  @Test
  void shouldGiveTheFamiliarACleanCloneWithoutRemotes() throws IOException {
    user.git("remote", "add", "origin", "https://example.org/secret.git");
    user.git("config", "core.autocrlf", "input");
    user.git("config", "filter.up.clean", "tr a-z A-Z");
    Workspace workspace = prepare();
    TestRepo clone = inside(workspace);

    assertThat(clone.git("status", "--porcelain")).isEmpty();
    assertThat(clone.head()).isEqualTo(base);
    assertThat(clone.git("symbolic-ref", "HEAD").strip()).isEqualTo("refs/heads/work");
    assertThat(clone.git("remote")).isEmpty();
    assertThat(clone.git("config", "user.name").strip()).isEqualTo("Uma User");
    assertThat(clone.git("config", "core.autocrlf").strip()).isEqualTo("input");
    assertThat(clone.git("config", "filter.up.clean").strip()).isEqualTo("tr a-z A-Z");
    assertThat(clone.tryGit("push", "origin", "HEAD").exitCode()).isNotZero();
    assertThat(workspace.files().resolve(".git/hooks")).doesNotExist();

    write(workspace, "new.txt", "n");
    CommitId own = clone.commit("own commit");
    assertThat(clone.git("log", "--format=%H").lines()).containsExactly(own.hex(), base.hex());
    assertThat(user.tryGit("cat-file", "-e", own.hex()).exitCode()).isNotZero();
    clone.git("fsck", "--strict");
  }

  @Test
  void shouldLeaveTheUsersRepositoryByteForByte() throws IOException {
    user.write("a.txt", "dirty\n").write("untracked", "u").write("staged", "s");
    user.git("add", "staged");
    Map<String, String> before = user.everything();

    Workspace workspace = prepare();
    write(workspace, "a.txt", "changed\n");
    write(workspace, "new", "n");
    snapshot(workspace);
    workspace.moveTo(base, IgnoredFiles.REMOVE);
    workspace.remove();

    assertThat(user.everything()).isEqualTo(before);
    user.git("fsck", "--strict");
  }

  @Test
  void shouldMoveToAnotherBaseAndForgetEverything() throws IOException {
    user.write(".gitignore", "*.log\n").write("a.txt", "a2\n").delete("src/b.txt");
    CommitId next = user.commit("next");
    Workspace workspace = prepare();
    write(workspace, "a.txt", "edited");
    write(workspace, "src/new/untracked", "u");
    write(workspace, "x.log", "ignored at the new base");
    Files.delete(workspace.files().resolve("src/deep/c.txt"));
    inside(workspace).git("checkout", "-q", "-b", "elsewhere");
    inside(workspace).commit("own");
    write(workspace, "nested/f", "f");
    TestRepo.init(workspace.files().resolve("nested")).commit("nested");

    workspace.moveTo(next, IgnoredFiles.KEEP);
    assertThat(inside(workspace).git("status", "--porcelain")).isEmpty();
    assertThat(inside(workspace).head()).isEqualTo(next);
    assertThat(inside(workspace).git("symbolic-ref", "HEAD").strip()).endsWith("/work");
    assertThat(workspace.files().resolve("x.log")).exists();
    assertThat(workspace.files().resolve("nested")).doesNotExist();
    assertThat(workspace.files().resolve("src/new")).doesNotExist();
    assertThat(workspace.files().resolve("src/deep/c.txt")).hasContent("c");
    assertThat(snapshot(workspace).full()).isEmpty();

    workspace.moveTo(base, IgnoredFiles.REMOVE);
    assertThat(workspace.files().resolve("x.log")).doesNotExist();
    assertThat(workspace.files().resolve("a.txt")).hasContent("a");
    assertThat(workspace.base()).isEqualTo(base);
  }

  @Test
  void shouldReplaceLinksAndSwappedTypesWithoutTouchingWhatTheyPointTo() throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.writeString(outside.resolve("b.txt"), "b\n");
    Workspace workspace = prepare();
    TreeRemover.remove(workspace.files().resolve("src"));
    Files.createSymbolicLink(workspace.files().resolve("src"), outside);
    Files.delete(workspace.files().resolve("a.txt"));
    write(workspace, "a.txt/file", "now a directory");
    TreeRemover.remove(workspace.files().resolve(".git"));
    Files.createSymbolicLink(workspace.files().resolve(".git"), user.path(".git"));
    Map<String, String> before = user.everything();

    workspace.moveTo(base, IgnoredFiles.REMOVE);

    assertThat(workspace.files().resolve("src/b.txt")).hasContent("b");
    assertThat(Files.isDirectory(workspace.files().resolve("src"), LinkOption.NOFOLLOW_LINKS))
        .isTrue();
    assertThat(workspace.files().resolve("a.txt")).isRegularFile();
    assertThat(outside.resolve("b.txt")).exists();
    assertThat(inside(workspace).git("status", "--porcelain")).isEmpty();
    assertThat(user.everything()).isEqualTo(before);
  }

  @Test
  void shouldRebuildWhatCannotBeMoved() throws IOException {
    Workspace workspace = prepare();
    TreeRemover.remove(workspace.files());
    workspace.moveTo(base, IgnoredFiles.KEEP);
    assertThat(inside(workspace).git("status", "--porcelain")).isEmpty();

    Files.writeString(temp.resolve("ws/index"), "garbage");
    Files.createDirectory(temp.resolve("ws/snapshot-left"));
    workspace.moveTo(base, IgnoredFiles.KEEP);
    assertThat(inside(workspace).git("status", "--porcelain")).isEmpty();
    assertThat(temp.resolve("ws/snapshot-left")).doesNotExist();
  }

  @Test
  void shouldBeOpenedAndPreparedAgainByAnotherWorker() throws IOException {
    Workspace first = prepare();
    write(first, "a.txt", "changed\n");

    Workspace second =
        Workspace.open(repository, temp.resolve("ws"), WorkspaceSettings.DEFAULT);
    assertThat(snapshot(second).changedFiles())
        .extracting(ChangedFile::path)
        .containsExactly("a.txt");
    assertThat(prepare().files().resolve("a.txt")).hasContent("a");

    Files.writeString(
        temp.resolve("ws/workspace.properties"),
        "repository=" + repository.commonDirectory() + "\n");
    assertThatThrownBy(
        () -> Workspace.open(repository, temp.resolve("ws"), WorkspaceSettings.DEFAULT))
        .hasMessageContaining("not prepared to the end");
    assertThat(snapshot(prepare()).full()).isEmpty();
  }

  @Test
  void shouldRefusePlacesThatAreNotItsOwn() throws IOException {
    Path full = Files.createDirectory(temp.resolve("full"));
    Files.writeString(full.resolve("file"), "");
    assertRefused(full, "not empty");
    assertRefused(user.path("inside"), "outside the repository");
    assertRefused(user.path(".git/inside"), "outside the repository");
    TestRepo other = TestRepo.init(temp.resolve("other"));
    CommitId commit = other.commit("x");
    prepare();
    try (GitRepository foreign = other.open()) {
      assertThatThrownBy(
          () -> Workspace.prepare(
              foreign, temp.resolve("ws"), commit, WorkspaceSettings.DEFAULT))
          .hasMessageContaining("is a workspace of");
    }
  }

  @Test
  void shouldRemoveOnlyItself() throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.writeString(outside.resolve("keep"), "");
    Workspace workspace = prepare();
    Files.createSymbolicLink(workspace.files().resolve("link"), outside);
    Path closed = Files.createDirectories(workspace.files().resolve("closed/deeper"));
    Files.writeString(closed.resolve("f"), "");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));
    Files.setPosixFilePermissions(
        closed.getParent(), PosixFilePermissions.fromString("---------"));

    workspace.remove();
    workspace.remove();

    assertThat(temp.resolve("ws")).doesNotExist();
    assertThat(outside.resolve("keep")).exists();
  }

  @Test
  void shouldWorkFromShallowSparseLinkedAndBareRepositories() {
    String url = "file://" + user.directory();
    user.write("a.txt", "a2\n").commit("two");
    user.git("clone", "-q", "--depth=1", url, temp.resolve("shallow").toString());
    user.git("clone", "-q", url, temp.resolve("sparse").toString());
    TestRepo.at(temp.resolve("sparse")).git("sparse-checkout", "set", "src/deep");
    user.git("worktree", "add", "-q", "-b", "side", temp.resolve("linked").toString());
    user.git("clone", "-q", "--bare", url, temp.resolve("bare").toString());

    for (String name : new String[] {"shallow", "sparse", "linked", "bare"}) {
      try (GitRepository source = GitRepository.open(temp.resolve(name))) {
        Workspace workspace =
            Workspace.prepare(
                source,
                temp.resolve("ws-" + name),
                source.requireHead(),
                WorkspaceSettings.DEFAULT);
        TestRepo clone = inside(workspace);
        assertThat(clone.git("status", "--porcelain")).as(name).isEmpty();
        assertThat(clone.git("log", "--format=%s").lines()).as(name).startsWith("two");
        assertThat(workspace.files().resolve("src/b.txt")).as(name).exists();
        assertThat(snapshot(workspace).full()).as(name).isEmpty();
        clone.git("fsck", "--strict");
      }
    }
  }

  @Test
  void shouldRefuseAPartialClone() {
    user.git("config", "uploadpack.allowFilter", "true");
    String url = "file://" + user.directory();
    user.git("clone", "-q", "--filter=blob:none", url, temp.resolve("partial").toString());
    try (GitRepository partial = GitRepository.open(temp.resolve("partial"))) {
      assertThatThrownBy(
          () -> Workspace.prepare(
              partial, temp.resolve("ws"), base, WorkspaceSettings.DEFAULT))
          .isInstanceOf(UnusableRepositoryException.class)
          .hasMessageContaining("git fetch --refetch");
    }
    assertThat(temp.resolve("ws")).doesNotExist();
  }

  private void assertRefused(Path root, String text) {
    assertThatThrownBy(
        () -> Workspace.prepare(repository, root, base, WorkspaceSettings.DEFAULT))
        .isInstanceOf(GitException.class)
        .hasMessageContaining(text);
  }
}
