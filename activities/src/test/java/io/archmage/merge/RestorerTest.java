package io.archmage.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.RefStore;
import io.archmage.git.TaskTrailers;
import io.archmage.merge.FileConflict.Kind;
import io.archmage.merge.RollbackOutcome.Stopped;
import io.archmage.merge.RollbackOutcome.Undone;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestorerTest extends MergeFixture {

  private CommitId merged(String task, CommitId from, Runnable edit) {
    CommitId attempt = attempt(task, from, edit);
    assertThat(integrate(task, attempt, from)).isInstanceOf(MergeOutcome.Merged.class);
    return head();
  }

  private static Rollback.Work work(String task, CommitId commit) {
    return new Rollback.Work(task, commit);
  }

  private Rollback rollback(
      int number, CommitId known, List<Rollback.Work> included, Rollback.Work... undone) {
    return new Rollback(
        REFS.branch(), "run", "exec", number, "bad", List.of(undone), included, known, AUTHOR, NOON,
        Optional.empty());
  }

  private RollbackOutcome undo(Rollback.Work... undone) {
    return new Restorer(repository).rollBack(rollback(1, head(), List.of(), undone));
  }

  private String tree(CommitId commit) {
    return repository.objects().treeOf(commit).hex();
  }

  @Test
  void shouldRestoreExactlyWhatWasThereWhenAllSinceIsUndone() {
    CommitId one = merged("one", base, () -> bench.write("a.txt", "1\n").write("new/x", "x"));
    CommitId two = merged("two", base, () -> bench.delete("b.txt").write("dir/c", "other\n"));

    RollbackOutcome outcome = undo(work("two", two), work("one", one));

    assertThat(outcome)
        .isEqualTo(new Undone(head(), List.of("a.txt", "b.txt", "dir/c", "new/x")));
    assertThat(tree(head())).isEqualTo(tree(base));
    assertThat(repository.objects().isAncestor(two, head())).isTrue();
  }

  @Test
  void shouldKeepWhatOthersDidBeforeAndAfter() {
    merged("before", base, () -> bench.write("before", "b"));
    CommitId one =
        merged("one", base, () -> bench.write("a.txt", "1\n2 one\n3\n4\n5\n6\n7\n8\n9\n"));
    merged("after", head(), () -> bench.write("a.txt", "1\n2 one\n3\n4\n5\n6\n7\n8 after\n9\n"));

    assertThat(undo(work("one", one))).isEqualTo(new Undone(head(), List.of("a.txt")));

    assertThat(user.show(head().hex(), "a.txt")).isEqualTo("1\n2\n3\n4\n5\n6\n7\n8 after\n9\n");
    assertThat(user.show(head().hex(), "before")).isEqualTo("b");
  }

  @Test
  void shouldSayInEachCommitWhatItUndoesAndWhy() {
    CommitId one = merged("one", base, () -> bench.write("x", "1"));
    CommitId two = merged("two", base, () -> bench.write("y", "2"));
    undo(work("two", two), work("one", one));

    String last = repository.objects().parse(head()).getFullMessage();
    assertThat(last).startsWith("one: undone because bad failed\n");
    assertThat(TaskTrailers.values(last))
        .containsAllEntriesOf(
            Map.of("Run", "run", "Execution", "exec", "Rollback", "1", "Undone", "one"));
    assertThat(user.git("rev-list", "--count", two + ".." + head()).strip()).isEqualTo("2");
  }

  @Test
  void shouldStopWhereLaterWorkStandsOnIt() {
    CommitId one = merged("one", base, () -> bench.write("x", "1\n"));
    CommitId two = merged("two", head(), () -> bench.write("x", "1\n2\n"));

    Stopped stopped = (Stopped) undo(work("one", one));

    assertThat(stopped.task()).isEqualTo("one");
    assertThat(stopped.conflicts()).hasSize(1);
    assertThat(stopped.conflicts().getFirst().path()).isEqualTo("x");
    assertThat(stopped.conflicts().getFirst().ours().task()).contains("two");
    assertThat(head()).isEqualTo(two);
  }

  @Test
  void shouldUndoNothingWhereOneOfThemCannotBeUndone() {
    CommitId one = merged("one", base, () -> bench.write("x", "1\n"));
    CommitId free = merged("free", base, () -> bench.write("y", "y"));
    CommitId two = merged("two", head(), () -> bench.write("x", "1\n2\n"));

    assertThat(undo(work("free", free), work("one", one))).isInstanceOf(Stopped.class);
    assertThat(head()).isEqualTo(two);
  }

  @Test
  void shouldNotTakeAwayWhatAnotherTaskMadeAsWell() {
    CommitId one = merged("one", base, () -> bench.write("x", "same\n"));
    CommitId twin = attempt("twin", base, () -> bench.write("x", "same\n"));
    assertThat(integrate("twin", twin, base)).isInstanceOf(MergeOutcome.Unchanged.class);

    RollbackOutcome outcome =
        new Restorer(repository)
            .rollBack(rollback(1, head(), List.of(work("twin", twin)), work("one", one)));

    assertThat(((Stopped) outcome).conflicts())
        .singleElement()
        .satisfies(
            conflict -> {
              assertThat(conflict.kind()).isEqualTo(Kind.SAME_WORK);
              assertThat(conflict.ours().task()).contains("twin");
            });
    assertThat(head()).isEqualTo(one);
  }

  @Test
  void shouldNotTakeAwayAPartThatAnotherTaskMadeAsWell() {
    CommitId one = merged("one", base, () -> bench.write("a.txt", "0\n2\n3\n4\n5\n6\n7\n8\n9\n"));
    merged("twin", base, () -> bench.write("a.txt", "0\n2\n3\n4\n5\n6\n7\n8\n10\n"));
    CommitId before = head();

    assertThat(undo(work("one", one)))
        .isInstanceOfSatisfying(
            Stopped.class,
            stopped -> assertThat(stopped.conflicts().getFirst().kind()).isEqualTo(Kind.SAME_WORK));
    assertThat(head()).isEqualTo(before);
  }

  @Test
  void shouldUndoOnceHoweverOftenItIsAskedFor() {
    CommitId one = merged("one", base, () -> bench.write("x", "1"));
    Rollback request = rollback(1, head(), List.of(), work("one", one));
    RollbackOutcome first = new Restorer(repository).rollBack(request);
    CommitId undone = head();
    merged("later", base, () -> bench.write("z", "z"));
    CommitId later = head();

    assertThat(new Restorer(repository).rollBack(request)).isEqualTo(first);
    assertThat(first).isEqualTo(new Undone(undone, List.of("x")));
    assertThat(head()).isEqualTo(later);
  }

  @Test
  void shouldUndoOnceWhenManyAskAtATime() {
    CommitId one = merged("one", base, () -> bench.write("x", "1"));
    Rollback request = rollback(1, head(), List.of(), work("one", one));

    List<RollbackOutcome> outcomes =
        Stream.generate(() -> request)
            .limit(8)
            .parallel()
            .map(each -> new Restorer(repository).rollBack(each))
            .distinct()
            .toList();

    assertThat(outcomes).containsExactly(new Undone(head(), List.of("x")));
  }

  @Test
  void shouldTellAnotherRollbackFromARepeat() {
    CommitId one = merged("one", base, () -> bench.write("x", "1"));
    CommitId two = merged("two", base, () -> bench.write("y", "2"));
    CommitId known = head();
    undo(work("two", two));

    assertThat(
        new Restorer(repository).rollBack(rollback(2, known, List.of(), work("one", one))))
        .isEqualTo(new Undone(head(), List.of("x")));
    assertThat(tree(head())).isEqualTo(tree(base));
  }

  @Test
  void shouldMergeTheSameAttemptAgainAfterItWasUndone() {
    CommitId attempt = attempt("one", base, () -> bench.write("x", "1"));
    integrate("one", attempt, base);
    undo(work("one", attempt));
    IntegrationRequest again = request("one", attempt, base);

    assertThat(
        new Integrator(repository)
            .integrate(
                new IntegrationRequest(
                    again.refs(), attempt, base, Optional.of(head()), "Do one",
                    again.trailers(), AUTHOR, NOON, List.of(), false)))
        .isInstanceOf(MergeOutcome.Merged.class);
    assertThat(user.show(head().hex(), "x")).isEqualTo("1");
  }

  @Test
  void shouldRefuseToUndoWhatTheBranchDoesNotHave() {
    CommitId stray = attempt("stray", base, () -> bench.write("x", "1"));
    assertThatThrownBy(() -> undo(work("stray", stray)))
        .isInstanceOf(GitException.class)
        .hasMessageContaining("lacks " + stray);
  }

  @Test
  void shouldPutTheBranchBackFirst() {
    CommitId one = merged("one", base, () -> bench.write("x", "1"));
    Rollback request = rollback(1, head(), List.of(), work("one", one));
    assertThat(repository.refs().delete(REFS.branch(), one)).isEqualTo(RefStore.Change.DONE);

    assertThat(new Restorer(repository).rollBack(request))
        .isEqualTo(new Undone(head(), List.of("x")));
  }
}
