package io.archmage.familiar;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.contract.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a familiar says of itself in its result file.
 *
 * @param output its text result, or null if it gives none there
 * @param usage what it used
 * @param retryAfter when it wants to be tried again, or null
 * @param hasTasks whether it wants to add tasks
 * @param sessionId by which it can go on with what it knows, or null
 */
record ReportedResult(
    @Nullable String output,
    Usage usage,
    @Nullable Instant retryAfter,
    boolean hasTasks,
    @Nullable String sessionId) {

  static final ReportedResult NONE = new ReportedResult(null, Usage.NONE, null, false, null);

  /** It becomes an argument, which must be taken for nothing else: no option, no path. */
  private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,199}");

  /** A result file is a few lines; anything larger is a mistake. */
  private static final long MAX_BYTES = 1_000_000;

  /** Later is no time that a run waits for. */
  private static final Duration LONGEST = Duration.ofDays(366);

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Reads a result file.
   *
   * @param ended when the familiar ended, for delays that count from then
   * @return empty if there is a file and it cannot be used
   */
  static Optional<ReportedResult> read(Path file, Instant ended) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      return Optional.of(NONE);
    }
    if (Files.size(file) > MAX_BYTES) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(Files.readAllBytes(file));
      return node.isObject() ? of(node, ended) : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  private static Optional<ReportedResult> of(JsonNode node, Instant ended) {
    JsonNode usage = node.path("usage");
    Instant retryAfter = null;
    if (node.hasNonNull("retry_after")) {
      Optional<Instant> time = retryAfter(node.get("retry_after"), ended);
      if (time.isEmpty()) {
        return Optional.empty();
      }
      retryAfter = time.get();
    }
    return Optional.of(
        new ReportedResult(
            node.path("output").textValue(),
            new Usage(
                count(usage.path("input_tokens")),
                count(usage.path("output_tokens")),
                count(usage.path("api_calls")),
                cost(usage.path("cost_usd"))),
            retryAfter,
            !node.path("tasks").isEmpty(),
            session(node.path("session_id").textValue())));
  }

  private static @Nullable String session(@Nullable String id) {
    return id != null && SESSION.matcher(id).matches() ? id : null;
  }

  /** What is no number that can be added up counts as nothing. */
  private static long count(JsonNode value) {
    return value.canConvertToLong() ? Math.max(0, value.longValue()) : 0;
  }

  private static double cost(JsonNode value) {
    double cost = value.doubleValue();
    return Double.isFinite(cost) ? Math.max(0, cost) : 0;
  }

  /** Seconds from the end, or a moment in ISO 8601; at most {@link #LONGEST} away. */
  private static Optional<Instant> retryAfter(JsonNode value, Instant ended) {
    if (value.isNumber() && value.asDouble() >= 0 && value.asDouble() < LONGEST.toSeconds()) {
      return Optional.of(ended.plus(Duration.ofMillis((long) (value.asDouble() * 1_000))));
    }
    try {
      return Optional.of(Instant.parse(value.asText()))
          .filter(time -> time.isBefore(ended.plus(LONGEST)));
    } catch (DateTimeParseException notATime) {
      return Optional.empty();
    }
  }
}
