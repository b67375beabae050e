package io.archmage.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.git.CommitId;
import io.archmage.git.RunRefs;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The branches of groups in core: what comes to the run, once, and with which ancestors. */
class GroupMergerTest extends MergeFixture {

  private static final RunRefs RUN = new RunRefs("groups");

  @BeforeEach
  void branches() {
    repository.refs().create(RUN.branch(), base);
    repository.refs().create("refs/heads/one", base);
    repository.refs().create("refs/heads/two", base);
  }

  private GroupWork work() {
    return new GroupWork(RUN, "groups", "exec", base, Optional.empty(), AUTHOR, NOON);
  }

  private CommitId runHead() {
    return repository.refs().read(RUN.branch()).orElseThrow();
  }

  private CommitId at(String branch) {
    return repository.branch(branch).orElseThrow();
  }

  /** A commit on a branch that writes one file more, or anew. */
  private CommitId write(String branch, String file, String text) {
    CommitId before = at(branch);
    CommitId next = attempt(file, before, () -> bench.write(file, text));
    repository.refs().update("refs/heads/" + branch, next, before);
    return next;
  }

  private GroupMerger.Result merge(String name, CommitId known, boolean squash) {
    return new GroupMerger(repository, work())
        .merge(
            new GroupMerge(
                name, name, name, at(name), known, List.of("t-" + name), squash,
                Optional.empty()));
  }

  private Bringing.Outcome bring(String branch, CommitId commit) {
    return new Bringing(repository, work())
        .bring(
            "refs/heads/" + branch,
            at(branch),
            new LinkedHashMap<>(Map.of("t", commit)),
            false);
  }

  private String text(CommitId commit, String file) {
    return new String(
        repository.objects().readFile(commit, file).orElseThrow(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldMergeAGroupOnceHoweverOftenItIsAsked(boolean squash) {
    write("one", "1", "1\n");

    GroupMerger.Result first = merge("one", base, squash);
    GroupMerger.Result second = merge("one", base, squash);

    assertThat(first.outcome()).isInstanceOf(MergeOutcome.Merged.class);
    assertThat(second.outcome().head()).isEqualTo(first.outcome().head()).isEqualTo(runHead());
    assertThat(repository.objects().parse(runHead()).getParentCount()).isEqualTo(squash ? 1 : 2);
    assertThat(GroupMerge.members(repository.objects().parse(runHead()).getFullMessage()))
        .containsExactly("t-one");
  }

  /** Squashed, a group's commits are no ancestors of the run's head; they count all the same. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldKnowWhatASquashedGroupBroughtBefore(boolean squash) {
    CommitId early = write("one", "shared", "a\nb\nc\n");
    assertThat(bring("two", early)).isInstanceOf(Bringing.Outcome.Brought.class);
    write("two", "shared", "a\nB\nc\n");
    write("one", "other", "1\n");

    merge("one", base, squash);
    GroupMerger.Result result = merge("two", runHead(), squash);

    assertThat(result.outcome()).isInstanceOf(MergeOutcome.Merged.class);
    assertThat(text(runHead(), "shared")).isEqualTo("a\nB\nc\n");
    assertThat(text(runHead(), "other")).isEqualTo("1\n");
  }

  @Test
  void shouldMergeGroupsThatTookWorkFromEachOther() {
    CommitId one = write("one", "x", "x\n");
    CommitId two = write("two", "y", "y\n");
    bring("one", two);
    bring("two", one);
    write("one", "x", "x\n1\n");
    write("two", "y", "y\n2\n");

    merge("one", base, false);
    merge("two", runHead(), false);

    assertThat(text(runHead(), "x")).isEqualTo("x\n1\n");
    assertThat(text(runHead(), "y")).isEqualTo("y\n2\n");
  }

  @Test
  void shouldLeaveEverythingWhereItIsOnAConflict() {
    write("one", "x", "one\n");
    write("two", "x", "two\n");
    merge("one", base, false);
    CommitId before = runHead();
    CommitId group = at("two");

    GroupMerger.Result result = merge("two", before, false);

    assertThat(result.outcome()).isInstanceOf(MergeOutcome.Conflicted.class);
    var conflict = ((MergeOutcome.Conflicted) result.outcome()).conflicts().getFirst();
    assertThat(conflict.path()).isEqualTo("x");
    assertThat(conflict.ours().task()).contains("one");
    assertThat(runHead()).isEqualTo(before);
    assertThat(at("two")).isEqualTo(group);
  }

  @Test
  void shouldRefuseMarkersThatAPersonLeftOnTheBranch() {
    write("one", "x", "one\n");
    merge("one", base, false);
    CommitId known = write("two", "y", "y\n");
    write("two", "x", "<<<<<<< ours\none\n=======\ntwo\n>>>>>>> theirs\n");

    GroupMerger.Result result =
        new GroupMerger(repository, work())
            .merge(
                new GroupMerge(
                    "two", "two", "two", known, runHead(), List.of(), false, Optional.empty()));

    assertThat(result.outcome()).isInstanceOf(MergeOutcome.Refused.class);
    assertThat(((MergeOutcome.Refused) result.outcome()).because())
        .contains("conflict markers", "x");
  }

  @Test
  void shouldSayThatThereIsNothingToMerge() {
    assertThat(merge("one", base, false).outcome()).isInstanceOf(MergeOutcome.Unchanged.class);
    assertThat(runHead()).isEqualTo(base);
  }

  @Test
  void shouldBringWhatIsThereAlreadyOnlyOnce() {
    CommitId one = write("one", "x", "x\n");
    CommitId first = bring("two", one).head();

    assertThat(bring("two", one).head()).isEqualTo(first);
  }
}
