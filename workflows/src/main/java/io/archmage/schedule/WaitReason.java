package io.archmage.schedule;

import java.time.Instant;
import java.util.List;

/** Why a task that is not running does not run. */
public sealed interface WaitReason {

  /**
   * Other tasks have not ended: those it waits for itself or, where one of these was skipped or
   * cancelled before its turn, those that one waited for.
   *
   * @param tasks their indices, ascending, not empty
   */
  record Tasks(List<Integer> tasks) implements WaitReason {}

  /**
   * A stage before its own has not ended.
   *
   * @param stage 0-based index of the earliest unfinished stage
   */
  record EarlierStage(int stage) implements WaitReason {}

  /**
   * Work is being undone; what starts next is to start from what remains.
   *
   * @param tasks indices of the tasks whose work it is, not empty
   */
  record Rollback(List<Integer> tasks) implements WaitReason {}

  /** All slots of the run are taken. */
  record Slot(int maxParallel) implements WaitReason {}

  /** All instances of its familiar are taken. */
  record Instance(String familiar, int instances) implements WaitReason {}

  /** Others hold so much of a resource that its own share is not free. */
  record Resource(String name, int capacity) implements WaitReason {}

  /**
   * It could start, but leaves its slot to another task.
   *
   * @param task index of that task, which is expected to start before this one would end
   * @param until how long at most
   */
  record Held(int task, Instant until) implements WaitReason {}

  /**
   * A limit over time is used up.
   *
   * @param limit the one that holds it back the longest
   * @param until when there is room again if nothing else is used until then
   */
  record Rate(RateLimit limit, Instant until) implements WaitReason {}

  /** It is to be tried again at that time. */
  record Until(Instant at) implements WaitReason {}

  /** A person has been asked about it. */
  record Person() implements WaitReason {}
}
