package io.archmage.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.config.ShareSettings;
import io.archmage.git.CommitId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RemoteShareTest extends ShareFixture {

  private RemoteShare pushing(boolean target) {
    return new RemoteShare(
        here,
        new Remote(here, "origin", Duration.ZERO, RemoteWait.NOT_AT_ALL),
        new ShareSettings("origin", Duration.ofMinutes(5), target));
  }

  @Test
  void shouldPushNoBranchOfPeopleUnasked() {
    one.write("c", "c").commit("published");

    assertThat(pushing(false).pushTarget("master")).isEmpty();
    assertThat(hub("refs/heads/main")).isEqualTo(base);
  }

  @Test
  void shouldPushThePublishedBranchWhereItMovesForward() {
    one.git("checkout", "-q", "-B", "main");
    CommitId published = one.write("c", "c").commit("published");

    assertThat(pushing(true).pushTarget("main")).isEmpty();
    assertThat(hub("refs/heads/main")).isEqualTo(published);
    assertThat(pushing(true).pushTarget("main")).isEmpty();
  }

  @Test
  void shouldSayWhatToDoWhereTheRemoteHasMore() {
    two.git("checkout", "-q", "-B", "main");
    CommitId other = two.write("d", "d").commit("somebody else's");
    two.git("push", "-q", "origin", "main");
    one.git("checkout", "-q", "-B", "main");
    one.write("c", "c").commit("published");

    assertThat(pushing(true).pushTarget("main"))
        .hasValueSatisfying(because -> assertThat(because).contains("git push origin main"));
    assertThat(hub("refs/heads/main")).isEqualTo(other);
  }
}
