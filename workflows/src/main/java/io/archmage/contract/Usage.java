package io.archmage.contract;

/**
 * What a familiar says that it used.
 *
 * @param inputTokens tokens read
 * @param outputTokens tokens written
 * @param apiCalls calls made
 * @param costUsd US dollars
 */
@Wire
public record Usage(long inputTokens, long outputTokens, long apiCalls, double costUsd) {

  /** Nothing used, or nothing known. */
  public static final Usage NONE = new Usage(0, 0, 0, 0);

  /** Tokens read and written; at most {@link Long#MAX_VALUE}. */
  public long tokens() {
    long sum = inputTokens + outputTokens;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Both together. */
  public Usage plus(Usage other) {
    return new Usage(
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        apiCalls + other.apiCalls,
        costUsd + other.costUsd);
  }
}
