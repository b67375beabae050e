package io.archmage.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.git.CommitId;
import io.archmage.git.TaskTrailers;
import io.archmage.merge.Decision.Side;
import io.archmage.merge.Decision.TakeCommit;
import io.archmage.merge.Decision.TakeSide;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Conflicts that a person decides. A is merged; B changed the same line and another file. */
class DecisionTest extends MergeFixture {

  private static final List<String> FILES = List.of("a.txt");

  private CommitId shown;
  private CommitId attempt;

  @BeforeEach
  void conflict() {
    CommitId first = attempt("A", base, () -> bench.write("a.txt", lines("A")));
    attempt = attempt("B", base, () -> bench.write("a.txt", lines("B")).write("b.txt", "B\n"));
    integrate("A", first, base);
    shown = head();
    assertThat(integrate("B", attempt, base)).isInstanceOf(MergeOutcome.Conflicted.class);
  }

  private static String lines(String second) {
    return "1\n" + second + "\n3\n4\n5\n6\n7\n8\n9\n";
  }

  private MergeOutcome decide(Decision decision) {
    IntegrationRequest plain = request("B", attempt, base);
    IntegrationRequest request =
        new IntegrationRequest(
            plain.refs(), attempt, base, Optional.of(shown), plain.description(), plain.trailers(),
            AUTHOR, NOON, List.of(), false);
    return new Integrator(repository).integrate(request, decision);
  }

  private void link(String path, String target) {
    try {
      Files.createSymbolicLink(bench.path(path), Path.of(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String file(String path) {
    return user.git("show", head().hex() + ":" + path);
  }

  private CommitId handMade(CommitId from, String content) {
    bench.git("checkout", "-q", "-f", "--detach", from.hex());
    bench.write("a.txt", content);
    return bench.commit("by hand");
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void shouldTakeOneSidesFilesAndMergeTheRest(Side side) {
    MergeOutcome outcome = decide(new TakeSide(side, shown, FILES));

    assertThat(outcome)
        .isEqualTo(
            new MergeOutcome.Merged(
                head(),
                MergeHow.PERSON,
                side == Side.OURS ? List.of("b.txt") : List.of("a.txt", "b.txt")));
    assertThat(file("a.txt")).isEqualTo(lines(side == Side.OURS ? "A" : "B"));
    assertThat(file("b.txt")).isEqualTo("B\n");
    assertThat(user.git("rev-list", "--parents", "-1", head().hex()).strip())
        .isEqualTo(head() + " " + shown + " " + attempt);
    String message = repository.objects().parse(head()).getFullMessage();
    assertThat(TaskTrailers.parse(message)).contains(trailers("B"));
    assertThat(message)
        .endsWith("Archmage-Resolution: " + side.name().toLowerCase(Locale.ROOT) + "\n");
  }

  @Test
  void shouldDecideOnceHoweverOftenAsked() {
    MergeOutcome first = decide(new TakeSide(Side.THEIRS, shown, FILES));
    CommitId head = head();

    assertThat(decide(new TakeSide(Side.THEIRS, shown, FILES))).isEqualTo(first);
    assertThat(head()).isEqualTo(head);
  }

  @Test
  void shouldAskAgainIfTheFilesHaveChangedSince() {
    CommitId third =
        attempt("C", shown, () -> bench.write("a.txt", lines("A").replace("9", "C")));
    integrate("C", third, shown);
    CommitId before = head();

    MergeOutcome outcome = decide(new TakeSide(Side.THEIRS, shown, FILES));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            MergeOutcome.Refused.class,
            refused -> {
              assertThat(refused.because()).contains("a.txt is not as you saw it");
              assertThat(refused.conflicts()).extracting(FileConflict::path).contains("a.txt");
            });
    assertThat(head()).isEqualTo(before);
    assertThat(decide(new TakeSide(Side.OURS, before, FILES)))
        .isInstanceOf(MergeOutcome.Merged.class);
    assertThat(file("a.txt")).contains("A\n", "C\n");
  }

  @Test
  void shouldDecideThoughOtherFilesOfTheRunHaveChangedSince() {
    CommitId third = attempt("C", shown, () -> bench.write("dir/c", "C\n"));
    integrate("C", third, shown);

    decide(new TakeSide(Side.THEIRS, shown, FILES));

    assertThat(file("a.txt")).isEqualTo(lines("B"));
    assertThat(file("dir/c")).isEqualTo("C\n");
  }

  @Test
  void shouldTakeADeletionOrAFileThatTheOtherDeleted() {
    CommitId gone = attempt("D", shown, () -> bench.git("rm", "-q", "b.txt"));
    integrate("D", gone, shown);
    shown = head();
    List<String> both = List.of("a.txt", "b.txt");

    assertThat(decide(new TakeSide(Side.OURS, shown, both)))
        .isInstanceOf(MergeOutcome.Merged.class);
    assertThat(user.git("ls-tree", "--name-only", head().hex()).lines())
        .doesNotContain("b.txt");
  }

  @Test
  void shouldTakeACommitThatContainsBoth() {
    bench.git("checkout", "-q", "-f", "--detach", shown.hex());
    bench.git("merge", "-q", "-s", "ours", "--no-edit", attempt.hex());
    CommitId made = handMade(new CommitId(bench.git("rev-parse", "HEAD").strip()), lines("AB"));

    assertThat(decide(new TakeCommit(made.abbreviated(), shown)))
        .isInstanceOf(MergeOutcome.Merged.class);

    assertThat(file("a.txt")).isEqualTo(lines("AB"));
    assertThat(user.git("rev-list", "--parents", "-1", head().hex()).strip())
        .isEqualTo(head() + " " + shown + " " + made);
  }

  @Test
  void shouldTakeACommitOnTheHeadAndMergeWhatCameSince() {
    CommitId made = handMade(shown, lines("AB"));
    CommitId third = attempt("C", shown, () -> bench.write("dir/c", "C\n"));
    integrate("C", third, shown);
    CommitId before = head();

    decide(new TakeCommit(made.hex(), shown));

    assertThat(file("a.txt")).isEqualTo(lines("AB"));
    assertThat(file("dir/c")).isEqualTo("C\n");
    assertThat(user.git("rev-list", "--parents", "-1", head().hex()).strip())
        .isEqualTo(head() + " " + before + " " + made + " " + attempt);
  }

  @Test
  void shouldRefuseACommitThatCannotStandForTheMerge() {
    assertThat(refusal("no-such-thing")).startsWith("there is no commit no-such-thing in ");
    assertThat(refusal(base.hex())).contains("does not contain the run's version");
    assertThat(refusal(attempt.hex())).contains("does not contain the run's version");
    assertThat(refusal(shown.hex())).contains("answer with --ours");
    CommitId marked =
        handMade(shown, "<<<<<<< ours\nA\n=======\nB\n>>>>>>> theirs\n");
    assertThat(refusal(marked.hex())).contains("still has conflict markers in a.txt");
    assertThat(head()).isEqualTo(shown);
  }

  @Test
  void shouldRefuseACommitThatConflictsWithWhatCameSince() {
    CommitId made = handMade(shown, lines("AB"));
    CommitId third = attempt("C", shown, () -> bench.write("a.txt", lines("C")));
    integrate("C", third, shown);

    assertThat(refusal(made.hex()))
        .contains("does not merge with it: a.txt; merge the run's branch");
  }

  private String refusal(String revision) {
    return ((MergeOutcome.Refused) decide(new TakeCommit(revision, shown))).because();
  }

  @Test
  void shouldNeverMergeWhatIsUnsafeWhoeverDecides() {
    attempt =
        attempt(
            "B",
            base,
            () -> {
              bench.write("b.txt", "B\n");
              link("evil", "../outside");
            });
    List<String> files = List.of("evil");

    assertThat(decide(new TakeSide(Side.THEIRS, shown, files)))
        .isInstanceOfSatisfying(
            MergeOutcome.Refused.class,
            refused -> assertThat(refused.because()).contains("must not be merged", "evil"));
    decide(new TakeSide(Side.OURS, shown, files));
    assertThat(user.git("ls-tree", "--name-only", head().hex()).lines()).doesNotContain("evil");
    assertThat(file("b.txt")).isEqualTo("B\n");
  }
}
