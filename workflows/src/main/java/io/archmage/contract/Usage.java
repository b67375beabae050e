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

  /** Both together. */
  public Usage plus(Usage other) {
    return new Usage(
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        apiCalls + other.apiCalls,
        costUsd + other.costUsd);
  }
}
