package io.archmage.workspace;

import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.Identity;
import io.archmage.git.RunRefs;
import io.archmage.git.TaskTrailers;
import io.archmage.git.TestRepo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A user's repository with one commit, and what tests of workspaces ask of it. */
abstract class WorkspaceFixture {
  static final RunRefs REFS = new RunRefs("run");

  @TempDir
  Path temp;
  TestRepo user;
  GitRepository repository;
  CommitId base;

  @BeforeEach
  void createRepository() {
    user = TestRepo.init(temp.resolve("user"));
    user.write("a.txt", "a\n").write("src/b.txt", "b\n").write("src/deep/c.txt", "c\n");
    base = user.commit("base");
    repository = user.open();
  }

  @AfterEach
  void closeRepository() {
    repository.close();
  }

  Workspace prepare() {
    return Workspace.prepare(repository, temp.resolve("ws"), base, WorkspaceSettings.DEFAULT);
  }

  Snapshot snapshot(Workspace workspace, String... outputs) {
    return workspace.snapshot(request(1, outputs));
  }

  static SnapshotRequest request(int attempt, String... outputs) {
    return new SnapshotRequest(
        "Do it\nmore",
        new TaskTrailers("run", "exec", "task", attempt, "codex"),
        new Identity("Uma User", "uma@example.org"),
        Instant.parse("2026-01-02T03:04:05Z"),
        REFS.attempt("task", attempt),
        List.of(outputs));
  }

  static void write(Workspace workspace, String path, String content) throws IOException {
    Path file = workspace.files().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  static TestRepo inside(Workspace workspace) {
    return TestRepo.at(workspace.files());
  }

  List<String> full(Snapshot snapshot) {
    return user.files(snapshot.full().orElseThrow().hex());
  }

  List<String> integrable(Snapshot snapshot) {
    return user.files(snapshot.integrable().orElseThrow().hex());
  }
}
