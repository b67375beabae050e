package io.archmage.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.contract.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTimesTest {

  @TempDir
  Path state;

  private RunTimes times() {
    return new RunTimes(state.resolve("times"));
  }

  private static RunKey run(String id) {
    return new RunKey(id, "execution of " + id, id);
  }

  private static List<TaskTime> tasks(String familiar, String action, long... millis) {
    return LongStream.of(millis)
        .mapToObj(ms -> new TaskTime(TaskTime.Kind.of(familiar, action), ms))
        .toList();
  }

  @Test
  void shouldExpectTheMedianOfTheSameKind() throws IOException {
    times().keep(run("a"), tasks("codex", "implement", 10_000, 90_000, 30_000));
    times().keep(run("b"), tasks("codex", "Review ", 4_000));

    Estimates estimates = times().estimates();

    assertThat(estimates.of("codex", "implement")).contains(Duration.ofSeconds(30));
    assertThat(estimates.of("codex", "review")).contains(Duration.ofSeconds(4));
    assertThat(estimates.of("gemini", "implement")).isEmpty();
  }

  @Test
  void shouldExpectOfAnotherKindWhatTheFamiliarUsuallyNeeds() throws IOException {
    times().keep(run("a"), tasks("codex", "implement", 10_000, 20_000, 30_000));

    assertThat(times().estimates().of("codex", null)).contains(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @CsvSource({"5, 1", "1499, 1", "1500, 2", "99400, 99", "104000, 100", "125000, 130",
    "3611000, 3600"})
  void shouldNotTakeSmallDifferencesForDifferences(long millis, long seconds) throws IOException {
    times().keep(run("a"), tasks("codex", null, millis));

    assertThat(times().estimates().of("codex", null)).contains(Duration.ofSeconds(seconds));
  }

  @Test
  void shouldCountARunOnceThatIsClosedTwice() throws IOException {
    times().keep(run("a"), tasks("codex", null, 1_000));
    times().keep(run("b"), tasks("codex", null, 9_000));
    times().keep(run("b"), tasks("codex", null, 9_000));
    times().keep(run("b"), tasks("codex", null, 9_000));

    assertThat(times().estimates().of("codex", null)).contains(Duration.ofSeconds(1));
  }

  @Test
  void shouldForgetTheOldestRuns() throws IOException {
    for (int i = 0; i < 52; i++) {
      times().keep(run("run-" + i), tasks("familiar-" + i, null, 1_000));
      try (Stream<Path> files = Files.list(state.resolve("times"))) {
        for (Path file : files.toList()) {
          long age = Files.getLastModifiedTime(file).toMillis() - 10_000;
          Files.setLastModifiedTime(file, FileTime.fromMillis(age));
        }
      }
    }
    try (Stream<Path> files = Files.list(state.resolve("times"))) {
      assertThat(files).hasSize(50);
    }
    assertThat(times().estimates().of("familiar-1", null)).isEmpty();
    assertThat(times().estimates().of("familiar-2", null)).isPresent();
    assertThat(times().estimates().of("familiar-51", null)).isPresent();
  }

  @Test
  void shouldIgnoreWhatItCannotRead() throws IOException {
    assertThat(times().estimates().of("codex", null)).isEmpty();
    times().keep(run("a"), tasks("codex", null, 2_000));
    Files.writeString(state.resolve("times/broken.json"), "{");
    Files.writeString(state.resolve("times/none.json"), "null");
    Files.writeString(state.resolve("times/nothing.json"), "[null]");
    Files.writeString(state.resolve("times/other.json"), "[{\"familiar\": 3}]");

    assertThat(times().estimates().of("codex", null)).contains(Duration.ofSeconds(2));
  }
}
