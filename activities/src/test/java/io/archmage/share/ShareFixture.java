package io.archmage.share;

import io.archmage.config.ShareSettings;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.Identity;
import io.archmage.git.RunRefs;
import io.archmage.git.TaskTrailers;
import io.archmage.git.TestRepo;
import io.archmage.merge.IntegrationRequest;
import io.archmage.merge.Integrator;
import io.archmage.merge.MergeOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two clones of a bare repository and a run that both know. */
abstract class ShareFixture {

  static final RunRefs REFS = new RunRefs("run");
  static final ShareSettings SETTINGS =
      new ShareSettings("origin", Duration.ofMinutes(5), false);

  @TempDir
  Path temp;
  Path bare;
  TestRepo one;
  TestRepo two;
  GitRepository here;
  GitRepository there;
  CommitId base;

  @BeforeEach
  void makeClones() {
    TestRepo seed = TestRepo.init(temp.resolve("seed"));
    base = seed.write("a", "1\n2\n3\n4\n5\n").write("b", "b\n").commit("base");
    bare = temp.resolve("hub.git");
    seed.git("clone", "-q", "--bare", seed.directory().toString(), bare.toString());
    one = clone("one");
    two = clone("two");
    here = one.open();
    there = two.open();
    here.refs().create(REFS.branch(), base);
    share(here).heads(REFS).refresh(REFS.branch(), Optional.of(base));
    share(there).heads(REFS).refresh(REFS.branch(), Optional.of(base));
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  private TestRepo clone(String name) {
    TestRepo clone = TestRepo.init(temp.resolve(name));
    clone.git("remote", "add", "origin", "file://" + bare);
    clone.git("fetch", "-q", "origin");
    clone.git("reset", "-q", "--hard", "origin/main");
    return clone;
  }

  static RemoteShare share(GitRepository repository) {
    return share(repository, RemoteWait.NOT_AT_ALL);
  }

  static RemoteShare share(GitRepository repository, RemoteWait wait) {
    return new RemoteShare(
        repository,
        new Remote(repository, SETTINGS.remote(), Duration.ofSeconds(20), wait),
        SETTINGS);
  }

  /** Commits a file as an attempt of a task. */
  CommitId attempt(GitRepository repository, String task, CommitId from, String content) {
    CommitId tree =
        repository
            .objects()
            .writeTree(
                Map.of(
                    "a", "1\n2\n3\n4\n5\n".getBytes(StandardCharsets.UTF_8),
                    "b", "b\n".getBytes(StandardCharsets.UTF_8),
                    task, content.getBytes(StandardCharsets.UTF_8)));
    return repository
        .objects()
        .writeCommit(
            tree, List.of(from), Identity.ARCHMAGE, trailers(task, 1).message("Do " + task),
            Instant.EPOCH);
  }

  static TaskTrailers trailers(String task, int attempt) {
    return new TaskTrailers("run", "exec", task, attempt, "codex");
  }

  MergeOutcome integrate(GitRepository repository, String task, CommitId attempt, CommitId known) {
    return integrate(repository, task, attempt, known, RemoteWait.NOT_AT_ALL);
  }

  MergeOutcome integrate(
      GitRepository repository, String task, CommitId attempt, CommitId known, RemoteWait wait) {
    return new Integrator(repository, share(repository, wait).heads(REFS, task, 1))
        .integrate(
            new IntegrationRequest(
                REFS, attempt, base, Optional.of(known), "Do " + task, trailers(task, 1),
                Identity.ARCHMAGE, Instant.EPOCH, List.of(), false));
  }

  CommitId hub(String ref) {
    return new CommitId(one.git("ls-remote", "origin", ref).substring(0, 40));
  }

  /** Lets the bare repository refuse what a hook refuses. */
  void hook(String name, String script) throws IOException {
    Path hook = bare.resolve("hooks").resolve(name);
    Files.createDirectories(bare.resolve("hooks"));
    Files.writeString(hook, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
