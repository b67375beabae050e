package io.archmage.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.git.CommitId;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class OverlayTest extends WorkspaceFixture {

  private CommitId treeOfWork() throws IOException {
    Workspace first = prepare();
    write(first, "a.txt", "changed\n");
    write(first, "dir/new.txt", "new\n");
    write(first, "made", "made by the setup of then\n");
    Files.delete(first.files().resolve("src/b.txt"));
    CommitId work = snapshot(first).full().orElseThrow();
    first.remove();
    return repository.objects().treeOf(work);
  }

  @Test
  void shouldShowTheFilesAsUncommittedChanges() throws IOException {
    CommitId tree = treeOfWork();
    Workspace workspace = prepare();

    workspace.lay(tree);

    assertThat(inside(workspace).git("status", "--porcelain", "--no-renames"))
        .isEqualTo(" M a.txt\n D src/b.txt\n?? dir/\n?? made\n");
    assertThat(inside(workspace).head()).isEqualTo(base);
    write(workspace, "more", "m");
    Snapshot snapshot = workspace.snapshot(request(2));
    assertThat(snapshot.changedFiles())
        .extracting(ChangedFile::path)
        .containsExactly("a.txt", "dir/new.txt", "made", "more", "src/b.txt");
    assertThat(user.git("rev-parse", snapshot.integrable().orElseThrow() + "^").strip())
        .isEqualTo(base.hex());
    user.git("fsck", "--strict");
  }

  @Test
  void shouldBeGoneAfterTheNextMove() throws IOException {
    CommitId tree = treeOfWork();
    Workspace workspace = prepare();
    workspace.lay(tree);

    workspace.moveTo(base, Workspace.IgnoredFiles.KEEP);

    assertThat(inside(workspace).git("status", "--porcelain")).isEmpty();
    assertThat(workspace.files().resolve("dir")).doesNotExist();
  }

  @Test
  void shouldLeaveWhatTheSetupMade() throws IOException {
    CommitId tree = treeOfWork();
    Workspace workspace = prepare();
    write(workspace, "made", "made by the setup of now\n");
    write(workspace, "src/deep/c.txt", "changed by the setup\n");
    workspace.markSetup("key");

    workspace.lay(tree);

    assertThat(workspace.files().resolve("made")).hasContent("made by the setup of now");
    assertThat(workspace.files().resolve("src/deep/c.txt")).hasContent("changed by the setup");
    assertThat(workspace.snapshot(request(2)).changedFiles())
        .extracting(ChangedFile::path)
        .containsExactly("a.txt", "dir/new.txt", "src/b.txt");
  }
}
