package io.archmage.familiar;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.contract.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportedResultTest {

  private static final Instant ENDED = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir
  Path temp;

  @Test
  void shouldReportNothingWithoutAFile() throws IOException {
    assertThat(ReportedResult.read(temp.resolve("missing"), ENDED)).contains(ReportedResult.NONE);
    assertThat(ReportedResult.read(temp, ENDED)).contains(ReportedResult.NONE);
    assertThat(ReportedResult.read(write(""), ENDED)).contains(ReportedResult.NONE);
  }

  @Test
  void shouldReadEveryKey() throws IOException {
    Path file =
        write(
            """
                {"output": "done", "session_id": "s", "tasks": [{"id": "X"}], "retry_after": 1.5,
                 "usage": {"input_tokens": 1, "output_tokens": 2, "api_calls": 3, "cost_usd": 0.25}}
                """);

    assertThat(ReportedResult.read(file, ENDED))
        .contains(
            new ReportedResult(
                "done", new Usage(1, 2, 3, 0.25), ENDED.plusMillis(1_500), true, "s"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"output\": 7, \"usage\": 3, \"tasks\": [], \"retry_after\": null}",
        "{\"usage\": {\"input_tokens\": -4, \"cost_usd\": -0.5, \"api_calls\": \"many\"}}",
        "{\"usage\": {\"cost_usd\": 1e999}}",
        "{\"session_id\": \"\"}",
        "{\"session_id\": \"-option\"}",
        "{\"session_id\": \"a b\"}",
        "{\"session_id\": \"../x\"}",
        "{\"session_id\": 7}"
      })
  void shouldTakeNothingFromKeysThatSayNothing(String text) throws IOException {
    assertThat(ReportedResult.read(write(text), ENDED)).contains(ReportedResult.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"garbage", " ", "[]", "7", "\"text\"", "null", "{\"output\":", "{} {}", "{} x"})
  void shouldRefuseWhatIsNoJsonObject(String text) throws IOException {
    assertThat(ReportedResult.read(write(text), ENDED)).isEmpty();
  }

  @Test
  void shouldRefuseBytesThatAreNoText() throws IOException {
    Path file = Files.write(temp.resolve("result.json"), new byte[] {(byte) 0xff, 0, 1, 2, 3});

    assertThat(ReportedResult.read(file, ENDED)).isEmpty();
  }

  @Test
  void shouldRefuseAHugeFile() throws IOException {
    String head = "{\"output\": \"";
    String tail = "\"}";
    int room = 1_000_000 - head.length() - tail.length();

    assertThat(ReportedResult.read(write(head + "x".repeat(room) + tail), ENDED)).isPresent();
    assertThat(ReportedResult.read(write(head + "x".repeat(room + 1) + tail), ENDED)).isEmpty();
  }

  @Test
  void shouldRefuseDeepNesting() throws IOException {
    assertThat(ReportedResult.read(write("{\"a\":" + "[".repeat(100_000)), ENDED)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2026-01-02T03:04:05Z",
    "90, 2026-01-02T03:05:35Z",
    "0.5, 2026-01-02T03:04:05.500Z",
    "\"2026-01-02T04:00:00Z\", 2026-01-02T04:00:00Z",
    "\"2026-01-02T04:00:00+01:00\", 2026-01-02T03:00:00Z",
    "\"2020-01-01T00:00:00Z\", 2020-01-01T00:00:00Z"
  })
  void shouldReadWhenToTryAgain(String value, Instant expected) throws IOException {
    Path file = write("{\"retry_after\": " + value + "}");

    assertThat(ReportedResult.read(file, ENDED).orElseThrow().retryAfter()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "31622400",
        "1e400",
        "true",
        "[]",
        "\"soon\"",
        "\"2026-01-02\"",
        "\"2026-01-02T04:00:00\"",
        "\"2030-01-01T00:00:00Z\"",
        "\"+1000000000-12-31T23:59:59Z\""
      })
  void shouldRefuseAStrangeTime(String value) throws IOException {
    assertThat(ReportedResult.read(write("{\"retry_after\": " + value + "}"), ENDED)).isEmpty();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(temp.resolve("result.json"), text);
  }
}
