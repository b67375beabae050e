package io.archmage.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.git.CommitId;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlierWorkTest extends MergeFixture {

  private EarlierWork.Over over(CommitId snapshot, CommitId newBase) {
    return new EarlierWork(repository).over(trailers("A"), snapshot, newBase);
  }

  private String files(EarlierWork.Over over) {
    return user.git("ls-tree", "-r", "--name-only", ((EarlierWork.Over.Files) over).tree().hex());
  }

  @Test
  void shouldBeTheSnapshotOnTheSameBase() {
    CommitId snapshot =
        attempt("A", base,
            () -> bench.write("new.txt", "n\n").write("b.txt", "B\n").delete("a.txt"));

    EarlierWork.Over over = over(snapshot, base);

    assertThat(over)
        .isEqualTo(new EarlierWork.Over.Files(repository.objects().treeOf(snapshot)));
  }

  @Test
  void shouldKeepWhatWasMergedSince() {
    CommitId snapshot =
        attempt("A", base, () -> bench.write("a.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9!\n"));
    CommitId other =
        attempt("B", base,
            () -> bench.write("a.txt", "1!\n2\n3\n4\n5\n6\n7\n8\n9\n").write("o", "o\n"));

    EarlierWork.Over over = over(snapshot, other);

    assertThat(files(over)).isEqualTo("a.txt\nb.txt\ndir/c\no\n");
    assertThat(user.git("show", ((EarlierWork.Over.Files) over).tree() + ":a.txt"))
        .isEqualTo("1!\n2\n3\n4\n5\n6\n7\n8\n9!\n");
  }

  @Test
  void shouldNotFitWhereBothChangedTheSameLine() {
    CommitId snapshot = attempt("A", base, () -> bench.write("b.txt", "mine\n"));
    CommitId other = attempt("B", base, () -> bench.write("b.txt", "theirs\n"));

    assertThat(over(snapshot, other)).isEqualTo(new EarlierWork.Over.Misfit());
  }

  @Test
  void shouldBeNothingWhereNothingIsLeftOfIt() {
    CommitId snapshot = attempt("A", base, () -> bench.write("b.txt", "B\n"));
    CommitId merged = attempt("B", base, () -> bench.write("b.txt", "B\n").write("o", "o\n"));

    assertThat(over(snapshot, merged)).isEqualTo(new EarlierWork.Over.Nothing());
    assertThat(over(base, merged)).isEqualTo(new EarlierWork.Over.Nothing());
  }

  @Test
  void shouldNotTakeAnotherTasksWorkForItsOwn() {
    CommitId undone = attempt("B", base, () -> bench.write("o", "undone by a rollback\n"));

    // An attempt that changed nothing has its base under its ref.
    assertThat(over(undone, base)).isEqualTo(new EarlierWork.Over.Nothing());
  }

  @Test
  void shouldTakeBothCommitsOfASnapshotThatLeavesFilesOutOfTheMerge() {
    CommitId integrable = attempt("A", base, () -> bench.write("b.txt", "B\n"));
    bench.git("checkout", "-q", "-f", "--detach", integrable.hex());
    bench.write("target/out", "built\n").git("add", "-A");
    CommitId full =
        repository
            .objects()
            .writeCommit(
                new CommitId(bench.git("write-tree").strip()),
                List.of(integrable),
                AUTHOR,
                trailers("A").message("Do A"),
                NOON);

    assertThat(files(over(full, base))).isEqualTo("a.txt\nb.txt\ndir/c\ntarget/out\n");
  }
}
