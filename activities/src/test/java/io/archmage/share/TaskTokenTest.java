package io.archmage.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class TaskTokenTest extends ShareFixture {

  private static TaskToken token(GitRepository repository) {
    return share(repository).token(REFS, "x");
  }

  @Test
  void shouldGiveATaskToALaterAttempt() {
    assertThat(token(here).take(1, "one")).isEmpty();
    assertThat(token(here).lostTo(1)).isEmpty();

    assertThat(token(there).take(2, "two")).isEmpty();

    assertThat(token(here).lostTo(1)).contains(new TaskToken.Holder(2, "two", false));
    assertThat(token(here).take(1, "one")).contains(new TaskToken.Holder(2, "two", false));
  }

  @Test
  void shouldGiveAnAttemptToOneMachine() throws Exception {
    List<Callable<Boolean>> machines =
        List.of(
            () -> token(here).take(1, "one").isEmpty(),
            () -> token(there).take(1, "two").isEmpty());
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      assertThat(threads.invokeAll(machines))
          .extracting(future -> future.get())
          .containsExactlyInAnyOrder(true, false);
    }
  }

  @Test
  void shouldGiveItAgainToWhoHasIt() {
    assertThat(token(here).take(1, "one")).isEmpty();
    assertThat(token(here).take(1, "one")).isEmpty();
  }

  @Test
  void shouldNotMergeAnAttemptThatLostItsTask() {
    CommitId work = attempt(here, "x", base, "x");
    token(here).take(1, "one");
    token(there).take(2, "two");

    assertThatThrownBy(() -> integrate(here, "x", work, base))
        .hasMessageContaining("attempt 2 on two has its task now");
    assertThat(hub(REFS.branch())).isEqualTo(base);
  }

  @Test
  void shouldNotMergeWhereTheTaskIsLostAtTheLastMoment() {
    CommitId work = attempt(here, "x", base, "x");
    token(here).take(1, "one");
    RefMove noted = token(here).merged(1);
    token(there).take(2, "two");
    Remote remote = new Remote(here, "origin", Duration.ZERO, RemoteWait.NOT_AT_ALL);

    assertThat(
        remote.push(
            List.of(new RefMove(REFS.branch(), work, Optional.of(base)), noted)))
        .isEqualTo(Remote.Pushed.STALE);
    assertThat(hub(REFS.branch())).isEqualTo(base);
  }

  @Test
  void shouldBringWhatAnotherMachineKept() {
    CommitId snapshot = attempt(here, "x", base, "a part");
    CommitId newer = attempt(here, "x", base, "more");
    CommitId log = here.objects().writeTree(Map.of("output", new byte[] {1}));
    here.refs().create(REFS.attempt("x", 1), snapshot);
    here.refs().create(REFS.log("x", 1), log);
    share(here).keep(REFS);
    share(there).bring(REFS);
    assertThat(there.refs().read(REFS.attempt("x", 1))).contains(snapshot);
    assertThat(there.refs().read(REFS.log("x", 1))).contains(log);

    here.refs().update(REFS.attempt("x", 1), newer, snapshot);
    share(here).bring(REFS);
    assertThat(here.refs().read(REFS.attempt("x", 1))).contains(newer);
    share(here).keep(List.of(REFS.attempt("x", 1), REFS.unchanged("x", 1)));
    assertThat(hub(REFS.attempt("x", 1))).isEqualTo(newer);
  }
}
