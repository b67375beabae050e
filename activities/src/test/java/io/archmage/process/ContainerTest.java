package io.archmage.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run whose files we share with the container it runs in, but not its processes. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ContainerTest {

  @TempDir
  Path temporary;
  private final Supervisor supervisor =
      new Supervisor(Isolation.SESSION, Duration.ofMillis(100), System.getenv("PATH"));
  private TestRun run;

  @BeforeEach
  void begin() throws IOException {
    run = new TestRun(temporary);
  }

  private void start(String script) throws Exception {
    supervisor.start(run.directory, run.shell(script));
    TestRun.await(() -> Files.exists(run.directory.resolve("beat")));
  }

  /** Lets the claim look like one from another pid namespace. */
  private void moveElsewhere(long pid) throws IOException {
    Path claim = run.directory.resolve("claim");
    String[] words = Files.readString(claim).strip().split(" ");
    assertThat(words).hasSize(6);
    Files.writeString(
        claim, "%d %s %s %s pid:[1] end\n".formatted(pid, words[1], words[2], words[3]));
  }

  private void silence() throws IOException {
    beatAt(Instant.now().minus(Duration.ofMinutes(5)));
  }

  private void beatAt(Instant time) throws IOException {
    Files.setLastModifiedTime(run.directory.resolve("beat"), FileTime.from(time));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1})
  void shouldTakeALivingOneForAliveAfterAJumpOfTheClock(long hours) throws Exception {
    start("until [ -e go ]; do sleep 0.05; done");
    moveElsewhere(run.supervisor().pid());
    beatAt(Instant.now().plus(Duration.ofHours(hours)));

    assertThat(supervisor.attach(run.directory)).isInstanceOf(Attachment.Running.class);
    Files.createFile(run.workspace.resolve("go"));
  }

  @Test
  void shouldTakeForLostWhatLastBeatBeforeTheClockWasSetBack() throws Exception {
    start("sleep NAP");
    run.awaitSurvivors(1);
    TestRun.killHard(run.supervisor().pid());
    TestRun.await(() -> run.supervisors().isEmpty() && run.survivors().isEmpty());
    moveElsewhere(run.supervisor().pid());
    beatAt(Instant.now().plus(Duration.ofHours(1)));

    assertThat(supervisor.attach(run.directory)).isInstanceOf(Attachment.Lost.class);
  }

  @Test
  void shouldFollowWhatLivesInAnotherContainer() throws Exception {
    start("until [ -e go ]; do sleep 0.05; done; exit 3");
    moveElsewhere(run.supervisor().pid());

    Attachment attachment = supervisor.attach(run.directory);

    assertThat(attachment).isInstanceOf(Attachment.Running.class);
    Files.createFile(run.workspace.resolve("go"));
    assertThat(TestRun.end(((Attachment.Running) attachment).process()).code()).isEqualTo(3);
  }

  @Test
  void shouldEndWhatLivesInAnotherContainer() throws Exception {
    start("sleep NAP");
    run.awaitSurvivors(1);
    moveElsewhere(run.supervisor().pid());

    supervisor.reap(run.directory);

    assertThat(run.survivors()).isEmpty();
  }

  @Test
  void shouldTakeForLostWhatNoLongerBeats() throws Exception {
    start("sleep NAP");
    run.awaitSurvivors(1);
    TestRun.killHard(run.supervisor().pid());
    TestRun.await(() -> run.supervisors().isEmpty() && run.survivors().isEmpty());
    moveElsewhere(run.supervisor().pid());
    silence();

    assertThat(supervisor.attach(run.directory))
        .isInstanceOfSatisfying(
            Attachment.Lost.class,
            lost -> assertThat(lost.toString()).contains("container that it ran in is gone"));
  }

  @Test
  void shouldLeaveAloneWhoeverHasTheSameNumberHere() throws Exception {
    Process innocent =
        new ProcessBuilder("sleep", "60").directory(run.workspace.toFile()).start();
    try {
      start("sleep NAP");
      run.awaitSurvivors(1);
      TestRun.killHard(run.supervisor().pid());
      TestRun.await(() -> run.supervisors().isEmpty() && run.survivors().isEmpty());
      assertThat(innocent.isAlive()).isTrue();
      moveElsewhere(innocent.pid());
      silence();

      supervisor.reap(run.directory);

      assertThat(innocent.isAlive()).isTrue();
    } finally {
      innocent.destroyForcibly().waitFor();
    }
  }
}
