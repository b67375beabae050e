package io.archmage.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one task.
 *
 * @param run the run
 * @param repository absolute path of the repository
 * @param planId object id of the stored plan
 * @param task the task's id
 * @param familiar the familiar's name
 * @param attempt 1 for the first
 * @param base the commit that the workspace starts from
 * @param rerunBecause the conflict that this attempt follows, for the prompt, or null
 * @param timeoutMs longest run in milliseconds
 * @param stallMs longest silence in milliseconds, or null for none
 * @param readOnly whether changes are discarded
 * @param inputAttempts the attempt that succeeded of each task needed, where that is not the first;
 *     0 for none; null from earlier versions, which meant the newest attempt
 * @param shared what several machines need to know, or null if one has the run to itself
 */
@Wire
public record InvokeRequest(
    RunKey run,
    String repository,
    String planId,
    String task,
    String familiar,
    int attempt,
    String base,
    @Nullable String rerunBecause,
    long timeoutMs,
    @Nullable Long stallMs,
    boolean readOnly,
    @Nullable Map<String, Integer> inputAttempts,
    @Nullable SharedAttempt shared) {

  /** An attempt, as earlier versions described it too. */
  @JsonCreator
  public InvokeRequest {}

  /** An attempt of a run that one machine has to itself. */
  public InvokeRequest(
      RunKey run,
      String repository,
      String planId,
      String task,
      String familiar,
      int attempt,
      String base,
      @Nullable String rerunBecause,
      long timeoutMs,
      @Nullable Long stallMs,
      boolean readOnly,
      @Nullable Map<String, Integer> inputAttempts) {
    this(
        run, repository, planId, task, familiar, attempt, base, rerunBecause, timeoutMs, stallMs,
        readOnly, inputAttempts, null);
  }

  /** The same as several machines need it. */
  public InvokeRequest with(SharedAttempt value) {
    return new InvokeRequest(
        run, repository, planId, task, familiar, attempt, base, rerunBecause, timeoutMs, stallMs,
        readOnly, inputAttempts, value);
  }
}
