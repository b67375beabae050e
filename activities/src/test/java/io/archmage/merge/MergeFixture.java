package io.archmage.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.Identity;
import io.archmage.git.RefStore;
import io.archmage.git.RunRefs;
import io.archmage.git.TaskTrailers;
import io.archmage.git.TestRepo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A repository, a run whose branch starts at {@code base}, and a second worktree for attempts. */
abstract class MergeFixture {
  static final RunRefs REFS = new RunRefs("run");
  static final Identity AUTHOR = new Identity("Uma User", "uma@example.org");
  static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  @TempDir
  Path temp;
  TestRepo user;
  TestRepo bench;
  GitRepository repository;
  CommitId base;

  @BeforeEach
  void createRun() {
    user = TestRepo.init(temp.resolve("user"));
    user.write("a.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\n").write("b.txt", "b\n").write("dir/c", "c\n");
    base = user.commit("base");
    user.git("worktree", "add", "-q", "--detach", temp.resolve("bench").toString());
    bench = TestRepo.at(temp.resolve("bench"));
    repository = user.open();
    assertThat(repository.refs().create(REFS.branch(), base)).isEqualTo(RefStore.Change.DONE);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  /** Makes the commit of an attempt: {@code edit} runs in a checkout of {@code from}. */
  CommitId attempt(String task, CommitId from, Runnable edit) {
    bench.git("checkout", "-q", "-f", "--detach", from.hex());
    bench.git("clean", "-ffdxq");
    edit.run();
    bench.git("add", "-A");
    CommitId tree = new CommitId(bench.git("write-tree").strip());
    return repository
        .objects()
        .writeCommit(tree, List.of(from), AUTHOR, trailers(task).message("Do " + task), NOON);
  }

  static TaskTrailers trailers(String task) {
    return new TaskTrailers("run", "exec", task, 1, "codex");
  }

  IntegrationRequest request(String task, CommitId attempt, CommitId from) {
    return new IntegrationRequest(
        REFS, attempt, from, Optional.empty(), "Do " + task, trailers(task), AUTHOR, NOON,
        List.of(), false);
  }

  MergeOutcome integrate(String task, CommitId attempt, CommitId from) {
    return new Integrator(repository).integrate(request(task, attempt, from));
  }

  CommitId head() {
    return user.id(REFS.branch());
  }
}
