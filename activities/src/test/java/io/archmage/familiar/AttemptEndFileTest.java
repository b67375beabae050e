package io.archmage.familiar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptResult;
import io.archmage.contract.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptEndFileTest {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05.123456789Z");

  @TempDir
  Path temp;

  @Test
  void shouldKnowNothingWithoutAFile() throws IOException {
    assertThat(AttemptEndFile.read(temp.resolve("end.json"))).isEmpty();
  }

  @Test
  void shouldGiveBackASuccess() throws IOException {
    AttemptEnd end =
        new AttemptEnd.Succeeded(
            new AttemptResult(
                "a".repeat(40),
                null,
                List.of("é.txt", "b c"),
                List.of("note"),
                "out\n",
                "refs/x",
                START,
                START.plusSeconds(1),
                1,
                new Usage(1, 2, 3, 0.5),
                "s-1"));

    assertThat(writtenAndRead(end)).isEqualTo(end);
  }

  @ParameterizedTest
  @EnumSource(AttemptFailure.Kind.class)
  void shouldGiveBackAFailure(AttemptFailure.Kind kind) throws IOException {
    AttemptEnd end =
        new AttemptEnd.Failed(
            new AttemptFailure(
                kind, 7, "m", "refs/a", "o", "refs/l", START, START, 1, START, Usage.NONE,
                "s-1"));

    assertThat(writtenAndRead(end)).isEqualTo(end);
  }

  @Test
  void shouldGiveBackAFailureWithoutAProcess() throws IOException {
    AttemptEnd end =
        new AttemptEnd.Failed(
            new AttemptFailure(
                AttemptFailure.Kind.UNAVAILABLE,
                null,
                "m",
                null,
                "",
                null,
                null,
                null,
                0,
                null,
                Usage.NONE));

    assertThat(writtenAndRead(end)).isEqualTo(end);
  }

  @Test
  void shouldNotRememberThatItWasLetGo() throws IOException {
    AttemptEndFile.write(temp.resolve("end.json"), new AttemptEnd.Detached());

    assertThat(temp).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "[]", "{\"failure\": null}"})
  void shouldNotAnswerFromABrokenFile(String text) throws IOException {
    Path file = Files.writeString(temp.resolve("end.json"), text);

    assertThatThrownBy(() -> AttemptEndFile.read(file)).isInstanceOf(IOException.class);
  }

  private AttemptEnd writtenAndRead(AttemptEnd end) throws IOException {
    Path file = temp.resolve("end.json");
    AttemptEndFile.write(file, end);
    assertThat(temp.toFile().list()).containsExactly("end.json");
    return AttemptEndFile.read(file).orElseThrow();
  }
}
