package io.archmage.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.git.CommitId;
import io.archmage.git.NativeGit;
import io.archmage.git.TestRepo;
import io.archmage.workspace.ChangedFile.Change;
import io.archmage.workspace.Omitted.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotTest extends WorkspaceFixture {
  @Test
  void shouldRecordEverythingButIgnoredFiles() throws IOException {
    user.write(".gitignore", "*.log\n");
    base = user.commit("ignore");
    Workspace workspace = prepare();
    write(workspace, "a.txt", "changed\n");
    write(workspace, "dir/new.txt", "new\n");
    write(workspace, "x.log", "ignored\n");
    Files.delete(workspace.files().resolve("src/b.txt"));

    Snapshot snapshot = snapshot(workspace);

    assertThat(snapshot.full()).isEqualTo(snapshot.integrable());
    assertThat(full(snapshot))
        .containsExactly(".gitignore", "a.txt", "dir/new.txt", "src/deep/c.txt");
    assertThat(snapshot.changedFiles())
        .containsExactly(
            new ChangedFile("a.txt", Change.MODIFIED),
            new ChangedFile("dir/new.txt", Change.ADDED),
            new ChangedFile("src/b.txt", Change.DELETED));
    assertThat(snapshot.omitted()).isEmpty();
    String commit = snapshot.full().orElseThrow().hex();
    assertThat(user.id(REFS.attempt("task", 1)).hex()).isEqualTo(commit);
    assertThat(user.git("show", "-s", "--format=%P|%an <%ae>|%cn <%ce>|%ct|%B", commit))
        .startsWith(
            base
                + "|Uma User <uma@example.org>|Archmage <archmage@localhost>|1767323045"
                + "|task: Do it\n\nArchmage-Run: run\n");
    assertThat(inside(workspace).git("status", "--porcelain", "--no-renames"))
        .isEqualTo(" M a.txt\n D src/b.txt\n?? dir/\n");
    user.git("fsck", "--strict");
  }

  @Test
  void shouldAnswerTheSameWhenRepeatedAndPointAnEmptyAttemptAtItsBase() throws IOException {
    Workspace workspace = prepare();
    Snapshot empty = snapshot(workspace);
    assertThat(empty.full()).isEmpty();
    assertThat(empty.integrable()).isEmpty();
    assertThat(user.id(REFS.attempt("task", 1))).isEqualTo(base);

    write(workspace, "new", "n");
    write(workspace, "target/out", "o");
    Snapshot first = snapshot(workspace);
    Snapshot second =
        workspace.snapshot(
            new SnapshotRequest(
                "Other text",
                request(1).trailers(),
                request(1).author(),
                request(1).when().plusSeconds(9),
                request(1).ref(),
                request(1).outputs()));
    assertThat(second).isEqualTo(first);
  }

  @Test
  void shouldRecordWhateverWasDoneToGit() throws IOException {
    Workspace workspace = prepare();
    TestRepo clone = inside(workspace);
    write(workspace, "committed", "1");
    clone.git("checkout", "-q", "-b", "away");
    clone.commit("own");
    write(workspace, "staged", "2");
    clone.git("add", "staged");
    write(workspace, "loose", "3");
    Files.writeString(workspace.files().resolve(".git/info/exclude"), "*\n");
    Files.writeString(workspace.files().resolve(".git/index.lock"), "");
    clone.git("update-ref", "-d", "refs/heads/away");
    Snapshot before = snapshot(workspace);
    TreeRemover.remove(workspace.files().resolve(".git"));
    Snapshot after = snapshot(workspace);

    assertThat(full(before))
        .containsExactly(
            "a.txt", "committed", "loose", "src/b.txt", "src/deep/c.txt", "staged");
    assertThat(after).isEqualTo(before);
    assertThat(user.git("show", "-s", "--format=%P", before.full().orElseThrow().hex()).strip())
        .isEqualTo(base.hex());
  }

  @Test
  void shouldSeeAChangeThatKeepsSizeAndTime() throws IOException {
    Workspace workspace = prepare();
    Path file = workspace.files().resolve("a.txt");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "z\n");
    Files.setLastModifiedTime(file, time);

    assertThat(snapshot(workspace).changedFiles())
        .containsExactly(new ChangedFile("a.txt", Change.MODIFIED));
  }

  @Test
  void shouldKeepExcludedFilesOutOfTheIntegrableCommitOnly() throws IOException {
    user.write("build/tracked", "t\n");
    base = user.commit("tracked build");
    Workspace workspace = prepare();
    write(workspace, "build/tracked", "t2\n");
    write(workspace, "build/untracked", "u\n");
    write(workspace, "web/node_modules/x/index.js", "x");
    write(workspace, "web/node_modules/y.js", "y");
    write(workspace, "m/x.pyc", "p");
    write(workspace, "dist/report.html", "r");
    write(workspace, "code", "c");

    Snapshot snapshot = snapshot(workspace, "dist/");

    assertThat(integrable(snapshot))
        .containsExactly(
            "a.txt", "build/tracked", "code", "dist/report.html", "src/b.txt", "src/deep/c.txt");
    assertThat(user.show(snapshot.integrable().orElseThrow().hex(), "build/tracked"))
        .isEqualTo("t2\n");
    assertThat(full(snapshot))
        .contains("build/untracked", "web/node_modules/x/index.js", "m/x.pyc");
    assertThat(snapshot.omitted())
        .containsExactlyInAnyOrder(
            new Omitted("build/", Reason.EXCLUDED, 1),
            new Omitted("web/node_modules/", Reason.EXCLUDED, 2),
            new Omitted("m/x.pyc", Reason.EXCLUDED, 1));
    assertThat(user.id(REFS.attempt("task", 1))).isEqualTo(snapshot.full().orElseThrow());
    assertThat(user.id(snapshot.full().orElseThrow() + "^"))
        .as("both stay reachable")
        .isEqualTo(snapshot.integrable().orElseThrow());
    assertThat(user.id(snapshot.integrable().orElseThrow() + "^")).isEqualTo(base);
    user.git("gc", "-q", "--prune=now");
    user.git("cat-file", "-e", snapshot.integrable().orElseThrow().hex());
    assertThat(snapshot(workspace, "dist/")).isEqualTo(snapshot);
  }

  @Test
  void shouldReportLargeFilesAndLeaveOutHugeOnes() throws IOException {
    user.write("tracked", "small\n");
    base = user.commit("small");
    WorkspaceSettings settings =
        new WorkspaceSettings("work", WorkspaceSettings.DEFAULT.excludes(), List.of(), 1_000,
            10_000);
    Workspace workspace = Workspace.prepare(repository, temp.resolve("ws"), base, settings);
    size(workspace, "large", 5_000);
    size(workspace, "huge", 50_000);
    size(workspace, "wanted.bin", 60_000);
    size(workspace, "tracked", 70_000);

    Snapshot snapshot = snapshot(workspace, "*.bin");

    assertThat(snapshot.large())
        .containsExactly(
            new LargeFile("huge", 50_000, false),
            new LargeFile("large", 5_000, true),
            new LargeFile("tracked", 70_000, false),
            new LargeFile("wanted.bin", 60_000, true));
    assertThat(full(snapshot)).contains("huge");
    assertThat(integrable(snapshot)).contains("large", "wanted.bin").doesNotContain("huge");
    assertThat(user.show(snapshot.integrable().orElseThrow().hex(), "tracked"))
        .isEqualTo("small\n");
    assertThat(snapshot.omitted()).extracting(Omitted::reason).containsOnly(Reason.TOO_LARGE);
    assertThat(WorkspaceSettings.DEFAULT.reportOver()).isEqualTo(10_000_000);
    assertThat(WorkspaceSettings.DEFAULT.omitOver()).isEqualTo(100_000_000);
  }

  @Test
  void shouldRecordStrangeNamesAndNeverFollowLinks() throws IOException {
    Path secret = Files.writeString(temp.resolve("secret"), "s3cret");
    Workspace workspace = prepare();
    write(workspace, "-rf", "1");
    write(workspace, "two\nlines", "2");
    write(workspace, "quote\"and\\slash", "3");
    write(workspace, ":(glob)x", "4");
    Files.createSymbolicLink(workspace.files().resolve("link"), secret);
    Files.createSymbolicLink(workspace.files().resolve("dirlink"), temp);
    Files.createSymbolicLink(workspace.files().resolve("dangling"), Path.of("nowhere"));
    shell(workspace, "printf x > \"$(printf 'caf\\351')\"");

    Snapshot snapshot = snapshot(workspace);

    assertThat(snapshot.changedFiles())
        .extracting(ChangedFile::path)
        .containsExactlyInAnyOrder(
            "-rf", "two\nlines", "quote\"and\\slash", ":(glob)x", "link", "dirlink", "dangling",
            "\"caf\\351\"");
    assertThat(user.show(snapshot.full().orElseThrow().hex(), "link"))
        .isEqualTo(secret.toString());
    assertThat(user.git("ls-tree", snapshot.full().orElseThrow().hex(), "dirlink"))
        .startsWith("120000 blob");
    user.git("fsck", "--strict");
  }

  @Test
  void shouldReportSpecialFilesAndGoOn() throws IOException {
    Workspace workspace = prepare();
    shell(workspace, "mkfifo pipe src/pipe2; rm a.txt; mkfifo a.txt; mkdir .GIT; echo x >.GIT/x");
    write(workspace, "new", "n");

    Snapshot snapshot = snapshot(workspace);

    assertThat(snapshot.omitted())
        .contains(
            new Omitted("pipe", Reason.SPECIAL_FILE, 1),
            new Omitted("src/pipe2", Reason.SPECIAL_FILE, 1),
            new Omitted("a.txt", Reason.SPECIAL_FILE, 1))
        .extracting(Omitted::path)
        .anyMatch(path -> path.startsWith(".GIT"));
    assertThat(full(snapshot)).containsExactly("a.txt", "new", "src/b.txt", "src/deep/c.txt");
  }

  @Test
  void shouldReportUnreadableFilesWithoutDeletingThem() throws IOException {
    Workspace workspace = prepare();
    write(workspace, "new", "n");
    write(workspace, "closed", "c");
    write(workspace, "shut/inside", "i");
    shell(workspace, "chmod 000 closed src/b.txt shut src/deep");
    boolean reader = Files.isReadable(workspace.files().resolve("closed"));

    Snapshot snapshot = snapshot(workspace);
    shell(workspace, "chmod 700 closed src/b.txt shut src/deep");

    assertThat(full(snapshot)).contains("a.txt", "new", "src/b.txt", "src/deep/c.txt");
    if (!reader) {
      assertThat(snapshot.omitted())
          .extracting(Omitted::path)
          .contains("closed", "shut/")
          .doesNotContain("new");
    } else {
      assertThat(full(snapshot)).as("root reads everything").contains("closed", "shut/inside");
    }
  }

  @Test
  void shouldFallBackToBytesWhenAttributesBreakGit() throws IOException {
    user.git("config", "filter.broken.clean", "false");
    user.git("config", "filter.broken.required", "true");
    Workspace workspace = prepare();
    write(workspace, ".gitattributes", "*.bin filter=broken\n*.enc working-tree-encoding=NONE\n");
    write(workspace, "x.bin", "bytes\r\n");
    write(workspace, "x.enc", "encoded");

    Snapshot snapshot = snapshot(workspace);

    assertThat(snapshot.raw()).isTrue();
    assertThat(user.show(snapshot.full().orElseThrow().hex(), "x.bin")).isEqualTo("bytes\r\n");
    assertThat(user.show(snapshot.full().orElseThrow().hex(), "x.enc")).isEqualTo("encoded");
  }

  @Test
  void shouldApplyTheUsersFiltersAndLineEnds() throws IOException {
    user.git("config", "filter.up.clean", "tr a-z A-Z");
    user.git("config", "filter.up.smudge", "tr A-Z a-z");
    user.git("config", "core.safecrlf", "true");
    user.write(".gitattributes", "*.up filter=up\n*.txt text=auto\n").write("x.up", "abc\n");
    base = user.commit("filtered");
    Workspace workspace = prepare();
    assertThat(user.show(base.hex(), "x.up")).isEqualTo("ABC\n");
    assertThat(workspace.files().resolve("x.up")).hasContent("abc");
    assertThat(snapshot(workspace).full()).isEmpty();
    write(workspace, "y.up", "def\n");
    write(workspace, "crlf.txt", "1\r\n2\r\n");

    String commit = snapshot(workspace).full().orElseThrow().hex();

    assertThat(user.show(commit, "y.up")).isEqualTo("DEF\n");
    assertThat(user.show(commit, "crlf.txt")).isEqualTo("1\n2\n");
  }

  @Test
  void shouldGiveTheTreeGitWouldCommit() throws IOException {
    Workspace workspace = prepare();
    write(workspace, "src/zeta", "1");
    write(workspace, "src.d", "2");
    write(workspace, "src0/x", "3");
    shell(workspace, "chmod +x a.txt");
    String tree =
        user.git("rev-parse", snapshot(workspace).full().orElseThrow() + "^{tree}").strip();

    inside(workspace).commit("the same by git");

    assertThat(inside(workspace).git("rev-parse", "HEAD^{tree}").strip()).isEqualTo(tree);
  }

  @Test
  void shouldFailClearlyWhenTheFilesAreGoneOrReplaced() throws IOException {
    Workspace workspace = prepare();
    TreeRemover.remove(workspace.files());
    assertThatThrownBy(() -> snapshot(workspace)).hasMessageContaining("are gone");
    Files.createSymbolicLink(workspace.files(), temp);
    assertThatThrownBy(() -> snapshot(workspace)).hasMessageContaining("are gone");
  }

  @Test
  void shouldKeepAnEmptyTree() throws IOException {
    Workspace workspace = prepare();
    shell(workspace, "rm -rf a.txt src");

    Snapshot snapshot = snapshot(workspace);

    CommitId commit = snapshot.full().orElseThrow();
    assertThat(user.files(commit.hex())).isEmpty();
    assertThat(NativeGit.in(user.directory()).run("fsck", "--strict").exitCode()).isZero();
  }

  private static void size(Workspace workspace, String path, long bytes) throws IOException {
    Files.deleteIfExists(workspace.files().resolve(path));
    try (var file = new RandomAccessFile(workspace.files().resolve(path).toFile(), "rw")) {
      file.setLength(bytes);
    }
  }

  static void shell(Workspace workspace, String script) {
    try {
      Process process =
          new ProcessBuilder("sh", "-c", script)
              .directory(workspace.files().toFile())
              .inheritIO()
              .start();
      assertThat(process.waitFor()).isZero();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
