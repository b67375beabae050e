package io.archmage.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.git.CommitId;
import io.archmage.git.TestRepo;
import io.archmage.workspace.Omitted.Reason;
import io.archmage.workspace.Workspace.IgnoredFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A familiar that plants what makes git run programs, and repositories inside its workspace. */
class HostileWorkspaceTest extends WorkspaceFixture {
  private static final String PLANT =
      """
          set -e
          evil="touch '%1$s'; cat"
          mkdir -p .git/hooks
          for h in post-checkout pre-commit post-commit post-index-change reference-transaction \
              post-merge pre-push prepare-commit-msg commit-msg pre-auto-gc post-rewrite; do
            printf '#!/bin/sh\\n%%s\\n' "$evil" > .git/hooks/$h; chmod +x .git/hooks/$h
          done
          printf '#!/bin/sh\\n%%s\\n' "$evil" > evil.sh; chmod +x evil.sh
          git config core.hooksPath .git/hooks
          git config core.fsmonitor "$evil"
          git config filter.evil.clean "$evil"
          git config filter.evil.smudge "$evil"
          git config filter.evil.process "$evil"
          git config filter.evil.required true
          git config diff.external "$evil"
          git config diff.evil.textconv "$evil"
          git config diff.evil.command "$evil"
          git config merge.evil.driver "$evil"
          git config alias.add "!$evil"
          git config alias.status "!$evil"
          git config gpg.program "$PWD/evil.sh"
          git config commit.gpgSign true
          git config core.sshCommand "$evil"
          git config core.pager "$evil"
          git config core.editor "$evil"
          git config credential.helper "!$evil"
          git config core.alternateRefsCommand "$evil"
          git config uploadpack.packObjectsHook "$evil"
          git config include.path "$PWD/included"
          printf '[core]\\n\\tfsmonitor = %%s\\n' "$PWD/evil.sh" > included
          printf '* filter=evil diff=evil merge=evil\\n' > .gitattributes
          printf '* filter=evil diff=evil merge=evil\\n' > .git/info/attributes
          printf 'x\\n' >> a.txt
          """;

  @Test
  void shouldTakeASnapshotAgainWhoseCommitWasPruned() throws IOException {
    Workspace workspace = prepare();
    write(workspace, "new.txt", "work\n");
    String commit = snapshot(workspace).full().orElseThrow().hex();
    Files.delete(
        user.path(".git/objects/" + commit.substring(0, 2) + "/" + commit.substring(2)));

    assertThat(snapshot(workspace).full().map(CommitId::hex)).contains(commit);
    assertThat(user.git("show", commit + ":new.txt")).isEqualTo("work\n");
  }

  @Test
  void shouldKeepWorkWhoseSurroundingsAreGone() throws IOException {
    Workspace workspace = prepare();
    write(workspace, "new.txt", "work\n");
    Path root = temp.resolve("ws");
    for (String note : List.of("index", "workspace.properties", "gitlinks")) {
      Files.delete(root.resolve(note));
    }

    Workspace salvaged =
        Workspace.salvage(repository, root, base, WorkspaceSettings.DEFAULT).orElseThrow();

    assertThat(snapshot(salvaged).changedFiles())
        .extracting(ChangedFile::path)
        .containsExactly("new.txt");
    TreeRemover.remove(workspace.files());
    assertThat(Workspace.salvage(repository, root, base, WorkspaceSettings.DEFAULT)).isEmpty();
  }

  @Test
  void shouldExecuteNothingThatWasPlanted() throws IOException {
    Path canary = temp.resolve("canary");
    Map<String, String> before = user.everything();
    Workspace workspace = prepare();
    SnapshotTest.shell(workspace, PLANT.formatted(canary));

    Snapshot snapshot = snapshot(workspace);
    assertThat(canary).doesNotExist();
    assertThat(full(snapshot)).contains(".gitattributes", "evil.sh", "included");

    inside(workspace).tryGit("diff", "HEAD");
    assertThat(canary).as("the plants work when git is run with this .git").exists();
    Files.delete(canary);

    workspace.moveTo(snapshot.integrable().orElseThrow(), IgnoredFiles.KEEP);
    snapshot(workspace);
    workspace.moveTo(base, IgnoredFiles.REMOVE);
    workspace.remove();
    assertThat(canary).doesNotExist();
    assertThat(user.everything()).isEqualTo(before);
  }

  @Test
  void shouldNotFollowAGitFileToTheUsersRepository() throws IOException {
    Workspace workspace = prepare();
    TreeRemover.remove(workspace.files().resolve(".git"));
    write(workspace, ".git", "gitdir: " + user.path(".git") + "\n");
    write(workspace, "new", "n");
    Map<String, String> before = user.everything();

    Snapshot snapshot = snapshot(workspace);
    workspace.moveTo(base, IgnoredFiles.REMOVE);

    assertThat(full(snapshot)).contains("new");
    assertThat(user.everything()).isEqualTo(before);
  }

  @Test
  void shouldRecordFilesOfEmbeddedRepositories() throws IOException {
    Path canary = temp.resolve("canary");
    Workspace workspace = prepare();
    TestRepo inner = TestRepo.init(workspace.files().resolve("lib/inner"));
    inner.write("one", "1").write("sub/two", "2").write(".gitignore", "*.tmp\n");
    inner.commit("inner");
    inner.git("config", "core.fsmonitor", "touch " + canary);
    inner.write("x.tmp", "ignored").write("later", "3");
    TestRepo.init(workspace.files().resolve("lib/inner/innermost")).write("four", "4");
    TestRepo.init(workspace.files().resolve("unborn")).write("five", "5");
    TestRepo.init(workspace.files().resolve("node_modules/dep")).write("six", "6").commit("6");
    TestRepo.init(workspace.files().resolve("hollow")).commit("nothing in it");
    TestRepo.init(workspace.files().resolve("src")).commit("over tracked files");
    write(workspace, "src/b.txt", "b2\n");
    write(workspace, "pointer/.git", "gitdir: " + user.path(".git") + "\n");
    write(workspace, "pointer/seven", "7");

    Snapshot snapshot = snapshot(workspace);

    assertThat(integrable(snapshot))
        .containsExactly(
            "a.txt", "lib/inner/.gitignore", "lib/inner/innermost/four", "lib/inner/later",
            "lib/inner/one", "lib/inner/sub/two", "pointer/seven", "src/b.txt", "src/deep/c.txt",
            "unborn/five");
    assertThat(full(snapshot)).contains("node_modules/dep/six");
    assertThat(user.git("ls-tree", "-r", snapshot.full().orElseThrow().hex()))
        .doesNotContain("160000");
    assertThat(snapshot.embeddedRepositories())
        .contains("lib/inner", "unborn", "src", "pointer", "node_modules/dep");
    assertThat(canary).doesNotExist();
    user.git("fsck", "--strict");
  }

  @Test
  void shouldNeverTakeAMissingSubmoduleForADeletion() throws IOException {
    Path canary = temp.resolve("canary");
    CommitId link = addSubmodule();
    Workspace workspace = prepare();
    assertThat(workspace.files().resolve("libs/sub")).isEmptyDirectory();
    assertThat(inside(workspace).git("status", "--porcelain")).isEmpty();
    assertThat(snapshot(workspace).full()).isEmpty();

    TreeRemover.remove(workspace.files().resolve("libs"));
    write(workspace, "new", "n");
    Snapshot snapshot = snapshot(workspace);
    assertThat(user.git("ls-tree", "-r", snapshot.full().orElseThrow().hex()))
        .contains("160000 commit " + link + "\tlibs/sub");
    assertThat(snapshot.changedFiles()).extracting(ChangedFile::path).containsExactly("new");

    TestRepo populated = TestRepo.init(workspace.files().resolve("libs/sub"));
    populated.write("f", "f").commit("own");
    populated.git("config", "core.fsmonitor", "touch " + canary);
    populated.git("config", "filter.x.clean", "touch " + canary);
    populated.write(".gitattributes", "* filter=x\n").write("f", "f2");
    Snapshot second = snapshot(workspace);
    assertThat(canary).doesNotExist();
    assertThat(full(second)).contains("libs/sub/f");
    assertThat(user.git("ls-tree", "-r", second.integrable().orElseThrow().hex()))
        .contains("160000 commit " + link + "\tlibs/sub");
    assertThat(second.omitted())
        .containsExactly(new Omitted("libs/sub/", Reason.SUBMODULE, 2));

    TreeRemover.remove(workspace.files().resolve("libs/sub/.git"));
    Files.createDirectory(workspace.files().resolve("libs/sub/.git"));
    assertThat(full(snapshot(workspace))).contains("libs/sub/f");
    workspace.moveTo(base, IgnoredFiles.REMOVE);
    assertThat(snapshot(workspace).full()).isEmpty();
    assertThat(canary).doesNotExist();
  }

  private CommitId addSubmodule() {
    TestRepo library = TestRepo.init(temp.resolve("library"));
    CommitId link = library.write("f", "f").commit("library");
    user.git(
        "-c", "protocol.file.allow=always", "submodule", "--quiet", "add",
        library.directory().toString(), "libs/sub");
    base = user.commit("submodule");
    return link;
  }
}
