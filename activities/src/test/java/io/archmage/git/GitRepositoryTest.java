package io.archmage.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.git.UnusableRepositoryException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRepositoryTest {
  @TempDir
  Path temp;

  @Test
  void shouldFindOneRepositoryFromEveryWorktree() throws IOException {
    TestRepo repo = TestRepo.init(temp.resolve("user"));
    CommitId commit = repo.write("sub/a", "1").commit("one");
    repo.git("worktree", "add", "-q", "-b", "side", temp.resolve("linked").toString());

    try (GitRepository main = repo.open();
        GitRepository sub = GitRepository.open(repo.path("sub"));
        GitRepository linked = GitRepository.open(temp.resolve("linked"))) {
      Path common = repo.path(".git").toRealPath();
      assertThat(main.commonDirectory()).isEqualTo(common);
      assertThat(sub.commonDirectory()).isEqualTo(common);
      assertThat(linked.commonDirectory()).isEqualTo(common);
      assertThat(linked.gitDirectory()).isEqualTo(common.resolve("worktrees/linked"));
      assertThat(linked.repoId()).isEqualTo(main.repoId()).matches("[0-9a-f]{12}");
      assertThat(main.currentBranch()).contains("refs/heads/main");
      assertThat(linked.currentBranch()).contains("refs/heads/side");
      assertThat(linked.requireHead()).isEqualTo(commit);
      assertThat(main.branch("side")).contains(commit);
      assertThat(main.branch("none")).isEmpty();
      assertThat(main.userIdentity()).contains(new Identity("Uma User", "uma@example.org"));
    }
  }

  @Test
  void shouldOpenABareRepository() {
    TestRepo repo = TestRepo.init(temp.resolve("user"));
    repo.write("a", "1").commit("one");
    repo.git("clone", "-q", "--bare", ".", temp.resolve("bare.git").toString());

    try (GitRepository bare = GitRepository.open(temp.resolve("bare.git"))) {
      assertThat(bare.isBare()).isTrue();
      assertThat(bare.head()).contains(repo.head());
    }
  }

  @Test
  void shouldTellADetachedHead() {
    TestRepo repo = TestRepo.init(temp.resolve("user"));
    repo.commit("one");
    repo.git("checkout", "-q", "--detach");

    try (GitRepository repository = repo.open()) {
      assertThat(repository.currentBranch()).isEmpty();
      assertThat(repository.head()).isPresent();
    }
  }

  @Test
  void shouldSayWhatIsWrong() throws IOException {
    Files.createDirectory(temp.resolve("empty"));
    assertProblem(temp.resolve("empty"), Problem.NOT_A_REPOSITORY, "git init");
    assertProblem(temp.resolve("nowhere"), Problem.NOT_A_REPOSITORY, "no directory");

    TestRepo sha256 = TestRepo.init(temp.resolve("sha256"));
    sha256.git("init", "-q", "--object-format=sha256", temp.resolve("other").toString());
    assertProblem(temp.resolve("other"), Problem.UNSUPPORTED_FORMAT, "SHA-256");
  }

  @Test
  void shouldTellAMissingFirstCommitAndAnArchmageBranch() {
    TestRepo repo = TestRepo.init(temp.resolve("user"));
    try (GitRepository repository = repo.open()) {
      assertThatThrownBy(repository::requireHead)
          .isInstanceOfSatisfying(
              UnusableRepositoryException.class,
              e -> assertThat(e.problem()).isEqualTo(Problem.NO_COMMIT))
          .hasMessageContaining("no commit yet");
      repo.commit("one");
      repository.requireRoomForRuns();
      repo.git("branch", "archmage");
      assertThatThrownBy(repository::requireRoomForRuns)
          .isInstanceOfSatisfying(
              UnusableRepositoryException.class,
              e -> assertThat(e.problem()).isEqualTo(Problem.ARCHMAGE_BRANCH))
          .hasMessageContaining("git branch -m archmage archmage-old");
    }
  }

  @Test
  void shouldTellShallowPartialAndSparse() {
    TestRepo origin = TestRepo.init(temp.resolve("origin"));
    origin.write("a/a", "1").write("b/b", "1").commit("one");
    origin.write("a/a", "2").commit("two");
    origin.git("config", "uploadpack.allowFilter", "true");
    String url = "file://" + origin.directory();
    origin.git("clone", "-q", "--depth=1", url, temp.resolve("shallow").toString());
    origin.git("clone", "-q", "--filter=blob:none", url, temp.resolve("partial").toString());
    origin.git("clone", "-q", url, temp.resolve("sparse").toString());
    TestRepo.at(temp.resolve("sparse")).git("sparse-checkout", "set", "a");

    try (GitRepository plain = origin.open();
        GitRepository shallow = GitRepository.open(temp.resolve("shallow"));
        GitRepository partial = GitRepository.open(temp.resolve("partial"));
        GitRepository sparse = GitRepository.open(temp.resolve("sparse"))) {
      assertThat(plain.isShallow() || plain.isPartialClone() || plain.isSparse()).isFalse();
      assertThat(shallow.isShallow()).isTrue();
      assertThat(partial.isPartialClone()).isTrue();
      assertThat(sparse.isSparse()).isTrue();
      assertThatThrownBy(partial::requireAllObjects)
          .isInstanceOf(UnusableRepositoryException.class)
          .hasMessageContaining("partial clone");
    }
  }

  @Test
  void shouldReadVersions() {
    assertThat(GitVersion.parse("git version 2.39.5 (Apple Git-154)\n"))
        .isEqualTo(new GitVersion(2, 39))
        .isGreaterThan(GitVersion.MINIMUM);
    assertThat(GitVersion.parse("git version 2.9.0")).isLessThan(GitVersion.MINIMUM);
    assertThatThrownBy(() -> GitVersion.parse("hub")).isInstanceOf(GitException.class);
  }

  private static void assertProblem(Path directory, Problem problem, String text) {
    assertThatThrownBy(() -> GitRepository.open(directory))
        .isInstanceOfSatisfying(
            UnusableRepositoryException.class, e -> assertThat(e.problem()).isEqualTo(problem))
        .hasMessageContaining(text);
  }
}
