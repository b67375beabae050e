package io.archmage.familiar;

import static io.archmage.familiar.AttemptTest.failed;
import static io.archmage.familiar.AttemptTest.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.config.ShareSettings;
import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptResult;
import io.archmage.contract.InvokeRequest;
import io.archmage.contract.SharedAttempt;
import io.archmage.git.CommitId;
import io.archmage.git.Identity;
import io.archmage.git.RunRefs;
import io.archmage.git.TaskTrailers;
import io.archmage.share.RemoteShare;
import io.archmage.share.RemoteWait;
import io.archmage.share.TaskToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts of a run that another machine shares, which is played by the test. */
class AttemptShareTest {

  private static final RunRefs REFS = AttemptKit.REFS;

  @TempDir
  Path temp;
  private AttemptKit kit;

  @BeforeEach
  void create() throws IOException {
    kit = new AttemptKit(temp);
    kit.share(new ShareSettings("hub", Duration.ofMinutes(5), false));
    Path bare = temp.resolve("hub.git");
    kit.user.git("init", "-q", "--bare", bare.toString());
    kit.user.git("remote", "add", "hub", bare.toString());
  }

  @AfterEach
  void close() throws IOException, InterruptedException {
    kit.close();
  }

  private InvokeRequest request(int attempt, @Nullable Integer continues) {
    return kit.request("A", attempt).with(new SharedAttempt("here", continues));
  }

  private TaskToken token() {
    return RemoteShare.of(kit.project(), RemoteWait.NOT_AT_ALL).orElseThrow().token(REFS, "A");
  }

  private List<String> pushed() {
    return kit.user.git("ls-remote", "hub").lines().map(line -> line.substring(41)).toList();
  }

  @Test
  void shouldPushWhatItLeft() throws Exception {
    kit.script("echo new >b.txt");

    succeeded(kit.run(request(1, null)));

    assertThat(pushed())
        .containsExactly(REFS.attempt("A", 1), REFS.log("A", 1), REFS.token("A"));
    assertThat(token().take(1, "elsewhere"))
        .contains(new TaskToken.Holder(1, "here", false));
  }

  @Test
  void shouldNotStartWhatALaterAttemptHas() throws Exception {
    kit.script("touch MARKS/started");
    token().take(2, "elsewhere");

    AttemptFailure failure = failed(kit.run(request(1, null)));

    assertThat(failure.kind()).isEqualTo(AttemptFailure.Kind.LOST);
    assertThat(failure.message()).isEqualTo("attempt 2 on elsewhere has the task");
    assertThat(kit.marks.resolve("started")).doesNotExist();
  }

  @Test
  void shouldEndItsFamiliarWhenALaterAttemptHasTheTask() throws Exception {
    kit.script("echo part >part.txt; touch MARKS/started; sleep 600");
    AttemptControl letGo =
        new AttemptControl() {
          @Override
          public Wish wish() {
            if (!Files.exists(kit.marks.resolve("started"))) {
              return Wish.GO_ON;
            }
            token().take(2, "elsewhere");
            return Wish.DETACH;
          }

          @Override
          public Wish ask() {
            return Wish.GO_ON;
          }

          @Override
          public void tell(String progress) {
            // Nobody listens.
          }
        };

    AttemptFailure failure = failed(kit.run(request(1, null), letGo));

    assertThat(failure.kind()).isEqualTo(AttemptFailure.Kind.LOST);
    assertThat(kit.user.show(REFS.attempt("A", 1), "part.txt")).isEqualTo("part\n");
    assertThat(pushed()).contains(REFS.attempt("A", 1), REFS.log("A", 1));
    assertThat(kit.pool().leases()).isEmpty();
  }

  @Test
  void shouldGoOnWithTheFilesOfALostAttempt() throws Exception {
    CommitId lost =
        kit.repository
            .objects()
            .writeCommit(
                kit.repository
                    .objects()
                    .writeTree(Map.of("part.txt", "part\n".getBytes(StandardCharsets.UTF_8))),
                List.of(kit.base),
                Identity.ARCHMAGE,
                new TaskTrailers(
                    AttemptKit.RUN.runId(), AttemptKit.RUN.execution(), "A", 1, "poet")
                    .message("Do A"),
                Instant.EPOCH);
    kit.user.git("push", "-q", "hub", lost + ":" + REFS.attempt("A", 1));
    kit.script("git status --porcelain; echo more >>part.txt; cat");

    AttemptResult result = succeeded(kit.run(request(2, 1)));

    assertThat(result.output())
        .contains("?? part.txt", "An earlier attempt at this task was cut off");
    assertThat(kit.user.show(result.commit(), "part.txt")).isEqualTo("part\nmore\n");
    assertThat(kit.user.id(result.commit() + "^")).isEqualTo(kit.base);
  }

  @Test
  void shouldBeginAnewWhereALostAttemptHadPushedNothing() throws Exception {
    kit.script("cat");

    AttemptResult result = succeeded(kit.run(request(2, 1)));

    assertThat(result.output()).doesNotContain("cut off");
  }
}
