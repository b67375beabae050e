package io.archmage.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.RunRefs;
import io.archmage.merge.FileConflict.Kind;
import io.archmage.merge.MergeOutcome.Conflicted;
import io.archmage.merge.MergeOutcome.Merged;
import io.archmage.merge.MergeOutcome.Protected;
import io.archmage.merge.MergeOutcome.Unchanged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegratorTest extends MergeFixture {
  @Test
  void shouldFastForwardToTheAttemptItself() {
    CommitId attempt = attempt("one", base, () -> bench.write("new", "n"));
    Map<String, String> before = user.everything();

    assertThat(integrate("one", attempt, base))
        .isEqualTo(new Merged(attempt, MergeHow.FAST_FORWARD, List.of("new")));
    assertThat(head()).isEqualTo(attempt);
    assertThat(user.everything()).isEqualTo(before);
  }

  @Test
  void shouldMergeLaterAttemptsAndAnswerRepeatsWithoutMergingTwice() {
    CommitId one = attempt("one", base, () -> bench.write("a.txt", "0\n2\n3\n4\n5\n6\n7\n8\n9\n"));
    CommitId two = attempt("two", base, () -> bench.write("a.txt", "1\n2\n3\n4\n5\n6\n7\n8\nX\n"));
    CommitId three = attempt("three", base, () -> bench.write("dir/new", "n"));
    MergeOutcome first = integrate("one", one, base);
    MergeOutcome second = integrate("two", two, base);
    MergeOutcome third = integrate("three", three, base);

    assertThat(second)
        .isInstanceOfSatisfying(
            Merged.class,
            merged -> {
              assertThat(merged.how()).isEqualTo(MergeHow.TEXTUAL);
              assertThat(merged.files()).containsExactly("a.txt");
              assertThat(user.show(merged.head().hex(), "a.txt"))
                  .isEqualTo("0\n2\n3\n4\n5\n6\n7\n8\nX\n");
              assertThat(user.git("show", "-s", "--format=%P", merged.head().hex()).strip())
                  .isEqualTo(one + " " + two);
              assertThat(user.git("show", "-s", "--format=%s|%cn", merged.head().hex()).strip())
                  .isEqualTo("two: Do two|Archmage");
            });
    CommitId head = head();
    assertThat(integrate("one", one, base)).isEqualTo(first);
    assertThat(integrate("two", two, base)).isEqualTo(second);
    assertThat(integrate("three", three, base)).isEqualTo(third);
    assertThat(head()).isEqualTo(head);
    user.git("fsck", "--strict");
  }

  @Test
  void shouldPutBackWhatSomebodyTookFromTheBranch() {
    CommitId one = attempt("one", base, () -> bench.write("x", "1"));
    integrate("one", one, base);
    CommitId two = attempt("two", one, () -> bench.write("y", "2"));

    user.git("branch", "-q", "-D", REFS.branchName());
    assertThat(integrateAfter(one, "two", two)).isInstanceOf(Merged.class);
    assertThat(head()).isEqualTo(two);

    user.git("branch", "-q", "-f", REFS.branchName(), base.hex());
    assertThat(integrateAfter(one, "two", two)).isInstanceOf(Merged.class);
    assertThat(head()).isEqualTo(two);

    CommitId elsewhere = attempt("else", base, () -> bench.write("z", "3"));
    user.git("branch", "-q", "-f", REFS.branchName(), elsewhere.hex());
    assertThatThrownBy(() -> integrateAfter(one, "two", two))
        .hasMessageContaining("git update-ref " + REFS.branch() + " " + one);
    assertThat(head()).isEqualTo(elsewhere);
  }

  private MergeOutcome integrateAfter(CommitId known, String task, CommitId attempt) {
    return new Integrator(repository)
        .integrate(
            new IntegrationRequest(
                REFS, attempt, known, Optional.of(known), "Do " + task, trailers(task), AUTHOR,
                NOON, List.of(), false));
  }

  @Test
  void shouldLookForAnEarlierMergeOnlyBackToTheKnownHead() {
    CommitId one = attempt("one", base, () -> bench.write("x", "1"));
    integrate("one", one, base);
    CommitId two = attempt("two", base, () -> bench.write("y", "2"));
    IntegrationRequest request =
        new IntegrationRequest(
            REFS, two, base, Optional.of(one), "Do two", trailers("two"), AUTHOR, NOON,
            List.of(), false);

    MergeOutcome done = new Integrator(repository).integrate(request);

    assertThat(new Integrator(repository).integrate(request)).isEqualTo(done);
    assertThat(user.git("rev-list", "--count", base + ".." + head()).strip()).isEqualTo("3");
  }

  @Test
  void shouldAnswerUnchanged() {
    CommitId nothing = attempt("nothing", base, () -> {});
    CommitId one = attempt("one", base, () -> bench.write("x", "1"));
    CommitId same = attempt("same", base, () -> bench.write("x", "1"));

    assertThat(integrate("nothing", nothing, base)).isEqualTo(new Unchanged(base));
    integrate("one", one, base);
    assertThat(integrate("same", same, base)).isEqualTo(new Unchanged(one));
    assertThat(head()).isEqualTo(one);
  }

  @Test
  void shouldNameBothSidesOfAConflictAndChangeNothing() {
    CommitId one = attempt("one", base, () -> bench.write("a.txt", "one\n"));
    integrate("one", one, base);
    CommitId other = attempt("other", one, () -> bench.write("z", "z"));
    integrate("other", other, one);
    CommitId two = attempt("two", base, () -> bench.write("a.txt", "two\n"));
    String objects = user.git("cat-file", "--batch-all-objects", "--batch-check");

    assertThat(integrate("two", two, base))
        .isEqualTo(
            new Conflicted(
                other,
                List.of(
                    new FileConflict(
                        "a.txt",
                        Kind.CONTENT,
                        new FileConflict.Side(one, Optional.of("one")),
                        new FileConflict.Side(two, Optional.of("two"))))));
    assertThat(head()).isEqualTo(other);
    assertThat(user.git("cat-file", "--batch-all-objects", "--batch-check"))
        .as("no text with conflict markers in the repository")
        .isEqualTo(objects);
  }

  @Test
  void shouldTellKindsOfConflictsApart() {
    user.write("bin", "\0one").write("mode", "m\n").write("ren", "1\n2\n3\n4\n5\n6\n7\n8\n");
    link(user.path("link"), "a.txt");
    CommitId start = user.commit("more");
    repository.refs().update(REFS.branch(), start, base);
    base = start;
    assertThat(conflict("b.txt", () -> bench.delete("b.txt"), () -> bench.write("b.txt", "x\n")))
        .isEqualTo(Kind.DELETE_EDIT);
    assertThat(conflict("new", () -> bench.write("new", "1\n"), () -> bench.write("new", "2\n")))
        .isEqualTo(Kind.ADD_ADD);
    assertThat(conflict("bin", () -> bench.write("bin", "\0a"), () -> bench.write("bin", "\0b")))
        .isEqualTo(Kind.BINARY);
    assertThat(
        conflict(
            "link",
            () -> link(bench.delete("link").path("link"), "b.txt"),
            () -> link(bench.delete("link").path("link"), "dir/c")))
        .isEqualTo(Kind.SYMLINK);
    assertThat(
        conflict(
            "r2",
            () -> bench.git("mv", "ren", "r1"),
            () -> bench.git("mv", "ren", "r2")))
        .isEqualTo(Kind.RENAME);
    assertThat(
        conflictKinds(
            () -> bench.write("d", "file\n"), () -> bench.write("d/file", "below\n")))
        .containsValue(Kind.DIRECTORY_FILE);
  }

  @Test
  void shouldFollowARenameTheWayGitDoes() {
    CommitId one = attempt("one", base, () -> bench.git("mv", "a.txt", "dir/moved.txt"));
    CommitId two = attempt("two", base, () -> bench.write("a.txt", "0\n2\n3\n4\n5\n6\n7\n8\n9\n"));
    integrate("one", one, base);

    assertThat(integrate("two", two, base)).isInstanceOf(Merged.class);
    assertThat(user.show(head().hex(), "dir/moved.txt")).startsWith("0\n2\n");
    assertThat(user.files(head().hex())).doesNotContain("a.txt");
  }

  @Test
  void shouldUseTheBranchsAttributesAndNeverTheAttempts() {
    user.write(".gitattributes", "*.log merge=union\n").write("sub/x.log", "1\n");
    CommitId start = user.commit("attributes");
    repository.refs().update(REFS.branch(), start, base);
    CommitId one = attempt("one", start, () -> bench.write("sub/x.log", "1\none\n"));
    CommitId two = attempt("two", start, () -> bench.write("sub/x.log", "1\ntwo\n"));
    integrate("one", one, start);

    assertThat(integrate("two", two, start)).isInstanceOf(Merged.class);
    assertThat(user.show(head().hex(), "sub/x.log")).isEqualTo("1\none\ntwo\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runes/config/archmage.yaml", ".gitattributes", "sub/.gitattributes", ".gitmodules",
        ".github/workflows/ci.yml", ".gitignore", "deep/.GitAttributes", "Runes/Config/x"
      })
  void shouldStopAtProtectedFilesUntilApproved(String path) {
    CommitId one = attempt("one", base, () -> bench.write(path, "x\n").write("other", "y"));

    assertThat(integrate("one", one, base)).isEqualTo(new Protected(base, List.of(path)));
    IntegrationRequest approved =
        new IntegrationRequest(
            REFS, one, base, Optional.empty(), "", trailers("one"), AUTHOR, NOON, List.of(), true);
    assertThat(new Integrator(repository).integrate(approved)).isInstanceOf(Merged.class);
  }

  @Test
  void shouldStopAtFilesTheCallerProtectsAndAtTheirDeletion() {
    user.write("gates/test.sh", "x");
    CommitId start = user.commit("gate");
    repository.refs().update(REFS.branch(), start, base);
    CommitId one = attempt("one", start, () -> bench.delete("gates/test.sh"));
    IntegrationRequest request =
        new IntegrationRequest(
            REFS, one, start, Optional.empty(), "", trailers("one"), AUTHOR, NOON,
            List.of("/gates/"), false);

    assertThat(new Integrator(repository).integrate(request))
        .isEqualTo(new Protected(start, List.of("gates/test.sh")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A.TXT", "Dir/x", "DIR/C"})
  void shouldRefuseNamesThatCollideWhereCaseIsFolded(String path) {
    CommitId one = attempt("one", base, () -> bench.write(path, "x"));

    assertThat(integrate("one", one, base))
        .isInstanceOfSatisfying(
            Conflicted.class,
            c -> assertThat(c.conflicts().getFirst().kind()).isEqualTo(Kind.CASE_COLLISION));
  }

  @Test
  void shouldRefuseLinksThatLeadOut() {
    for (String target : List.of("/etc/passwd", "../../outside", "../.git/config")) {
      CommitId one = attempt("one", base, () -> link(bench.path("dir/link"), target));
      assertThat(integrate("one", one, base))
          .isInstanceOfSatisfying(
              Conflicted.class,
              c -> assertThat(c.conflicts().getFirst().kind()).isEqualTo(Kind.UNSAFE_LINK));
    }
    CommitId fine = attempt("fine", base, () -> link(bench.path("dir/link"), "../a.txt"));
    assertThat(integrate("fine", fine, base)).isInstanceOf(Merged.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {".GIT/hooks/x", "x/.git/config", "../out", "GIT~1/x", ".g\u200cit/x"})
  void shouldRefuseNamesThatMeanSomethingToAFileSystem(String path) {
    CommitId blob = repository.objects().writeBlob(new byte[] {'x'});
    CommitId tree = repository.objects().treeOf(base);
    String[] parts = path.split("/");
    String entry = "100644 blob " + blob + "\t" + parts[1];
    CommitId inner = mktree(entry);
    CommitId outer =
        mktree(user.git("ls-tree", tree.hex()) + "040000 tree " + inner + "\t" + parts[0]);
    if (path.startsWith("x/")) {
      CommitId deeper = mktree("100644 blob " + blob + "\tconfig");
      CommitId middle = mktree("040000 tree " + deeper + "\t.git");
      outer = mktree(user.git("ls-tree", tree.hex()) + "040000 tree " + middle + "\tx");
    }
    CommitId attempt =
        repository
            .objects()
            .writeCommit(outer, List.of(base), AUTHOR, trailers("evil").message(""), NOON);

    assertThat(integrate("evil", attempt, base))
        .isInstanceOfSatisfying(
            Conflicted.class,
            c -> assertThat(c.conflicts().getFirst().kind()).isEqualTo(Kind.UNSAFE_PATH));
    assertThat(head()).isEqualTo(base);
  }

  @Test
  void shouldMergeAllOfManyThreadsOnce() {
    List<CommitId> attempts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int n = i;
      attempts.add(attempt("t" + n, base, () -> bench.write("f" + n, "x")));
    }
    List<MergeOutcome> outcomes =
        attempts.parallelStream()
            .flatMap(
                commit -> List.of(1, 2)
                    .stream()
                    .map(i -> integrate("t" + attempts.indexOf(commit), commit, base)))
            .toList();

    assertThat(outcomes).allMatch(Merged.class::isInstance);
    assertThat(outcomes.stream().distinct()).hasSize(12);
    assertThat(user.files(head().hex())).hasSize(15);
    assertThat(user.git("rev-list", "--first-parent", "--count", base + ".." + head()).strip())
        .isEqualTo("12");
  }

  @Test
  void shouldMergeAfterARollbackWithTheAttemptsOwnBase() {
    CommitId one = attempt("one", base, () -> bench.write("x", "1"));
    integrate("one", one, base);
    CommitId two = attempt("two", one, () -> bench.write("a.txt", "two\n"));
    repository.refs().update(REFS.branch(), base, one);

    assertThat(integrate("two", two, one)).isInstanceOf(Merged.class);
    assertThat(user.files(head().hex())).doesNotContain("x");
    assertThat(user.show(head().hex(), "a.txt")).isEqualTo("two\n");
  }

  @Test
  void shouldSayThatARunHasNoBranch() {
    IntegrationRequest request = request("x", base, base);
    assertThatThrownBy(
        () -> new Integrator(repository)
            .integrate(
                new IntegrationRequest(
                    new RunRefs("none"), base, base, request.knownHead(), "",
                    request.trailers(), AUTHOR, NOON, List.of(), false)))
        .isInstanceOf(GitException.class)
        .hasMessageContaining("refs/heads/archmage/none");
  }

  private CommitId mktree(String entries) {
    try {
      Path list = Files.writeString(temp.resolve("entries"), entries.strip() + "\n");
      Process process =
          new ProcessBuilder("git", "mktree")
              .directory(user.directory().toFile())
              .redirectInput(list.toFile())
              .start();
      return new CommitId(
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Kind conflict(String path, Runnable ours, Runnable theirs) {
    return conflictKinds(ours, theirs).get(path);
  }

  private Map<String, Kind> conflictKinds(Runnable ours, Runnable theirs) {
    CommitId one = attempt("one", base, ours);
    CommitId two = attempt("two", base, theirs);
    CommitId before = head();
    repository.refs().update(REFS.branch(), one, before);
    Conflicted conflicted = (Conflicted) integrate("two", two, base);
    repository.refs().update(REFS.branch(), before, one);
    Map<String, Kind> kinds = new TreeMap<>();
    conflicted.conflicts().forEach(c -> kinds.put(c.path(), c.kind()));
    return kinds;
  }

  private static void link(Path path, String target) {
    try {
      Files.createSymbolicLink(path, Path.of(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
