package io.archmage.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.git.CommitId;
import io.archmage.merge.MergeHow;
import io.archmage.merge.MergeOutcome;
import io.archmage.merge.MergeOutcome.Merged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoteHeadsTest extends ShareFixture {

  private static CommitId head(MergeOutcome outcome) {
    return ((Merged) outcome).head();
  }

  @Test
  void shouldMergeOnTopOfWhatAnotherMachineMerged() {
    CommitId first = head(integrate(here, "x", attempt(here, "x", base, "x"), base));

    MergeOutcome second = integrate(there, "y", attempt(there, "y", base, "y"), base);

    assertThat(((Merged) second).how()).isEqualTo(MergeHow.TEXTUAL);
    assertThat(hub(REFS.branch())).isEqualTo(head(second));
    assertThat(there.refs().read(REFS.branch())).contains(head(second));
    assertThat(there.objects().isAncestor(first, head(second))).isTrue();
  }

  @Test
  void shouldRecogniseAMergeThatOnlyTheRemoteHas() {
    CommitId work = attempt(here, "x", base, "x");
    CommitId merged = head(integrate(here, "x", work, base));
    here.refs().update(REFS.branch(), base, merged);

    share(here).keep(List.of());
    here.refs().create(REFS.attempt("x", 1), work);
    share(here).keep(REFS);
    share(there).bring(REFS);

    assertThat(head(integrate(here, "x", work, base))).isEqualTo(merged);
    assertThat(head(integrate(there, "x", work, base))).isEqualTo(merged);
    assertThat(hub(REFS.branch())).isEqualTo(merged);
  }

  @Test
  void shouldKeepWhatAPersonCommittedToABranchOfOneClone() {
    CommitId own = attempt(here, "note", base, "mine");
    here.refs().update(REFS.branch(), own, base);
    CommitId merged = head(integrate(there, "x", attempt(there, "x", base, "x"), base));

    CommitId both = head(integrate(here, "y", attempt(here, "y", base, "y"), base));

    assertThat(here.objects().isAncestor(merged, both)).isTrue();
    assertThat(here.refs().read(REFS.aside(own))).contains(own);
  }

  @Test
  void shouldTakeOverWhatAPersonCommittedOnTopOfTheHead() {
    CommitId own = attempt(here, "note", base, "mine");
    here.refs().update(REFS.branch(), own, base);

    CommitId merged = head(integrate(here, "y", attempt(here, "y", base, "y"), base));

    assertThat(here.objects().isAncestor(own, merged)).isTrue();
    assertThat(hub(REFS.branch())).isEqualTo(merged);
  }

  @Test
  void shouldPutBackABranchThatSomebodyRemovedThere() {
    CommitId first = head(integrate(here, "x", attempt(here, "x", base, "x"), base));
    one.git("push", "-q", "origin", ":" + REFS.branch());

    CommitId second = head(integrate(here, "y", attempt(here, "y", base, "y"), first));

    assertThat(here.objects().isAncestor(first, second)).isTrue();
    assertThat(hub(REFS.branch())).isEqualTo(second);
  }

  @Test
  void shouldStopWhereSomebodyMovedTheBranchElsewhere() {
    CommitId first = head(integrate(here, "x", attempt(here, "x", base, "x"), base));
    CommitId other = attempt(here, "z", base, "z");
    one.git("push", "-q", "--force", "origin", other + ":" + REFS.branch());

    assertThatThrownBy(() -> integrate(here, "y", attempt(here, "y", base, "y"), first))
        .hasMessageContaining("put it back: git push --force origin " + first);
  }

  @Test
  void shouldTryAgainUntilTheRemoteIsBack() {
    Path away = temp.resolve("away.git");
    move(bare, away);
    List<String> told = new ArrayList<>();

    CommitId merged =
        head(
            integrate(
                here,
                "x",
                attempt(here, "x", base, "x"),
                base,
                progress -> {
                  if (told.isEmpty()) {
                    move(away, bare);
                  }
                  return told.add(progress);
                }));

    assertThat(told.getFirst()).contains("trying again", "origin");
    assertThat(hub(REFS.branch())).isEqualTo(merged);
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldFailAtOnceWhereAHookRefuses() throws IOException {
    hook("pre-receive", "echo 'ask Ann first' >&2; exit 1\n");
    one.git("remote", "set-url", "origin", "file://" + bare);

    assertThatThrownBy(() -> integrate(here, "x", attempt(here, "x", base, "x"), base))
        .isInstanceOf(RemoteRefusedException.class)
        .hasMessageContaining("the remote origin (file://" + bare + ") does not take")
        .hasMessageContaining(REFS.branch())
        .hasMessageContaining("pre-receive hook declined")
        .hasMessageContaining("ask Ann first");
    assertThat(hub(REFS.branch())).isEqualTo(base);
    assertThat(here.refs().read(REFS.branch())).contains(base);
  }
}
