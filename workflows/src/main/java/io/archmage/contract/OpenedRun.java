package io.archmage.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * Who serves a run.
 *
 * @param repository how requests name the repository: its absolute path, or its id where several
 *     machines serve it
 * @param repositoryId 12 hex digits that name the repository on its server
 * @param configHash hash of the worker's configuration
 * @param queue queue of every activity but the attempts
 * @param hostQueue queue of the host that opened the run, and of the attempts where it has all of
 *     them
 * @param redirect another queue to ask instead, or null; the other parts are then meaningless
 * @param options the second argument, checked
 * @param shared what several machines need to know, or null if one has the run to itself
 * @param localSteps whether a step that takes a moment may be done by the worker that asks for it,
 *     if the run itself is on {@code queue}; false in runs that began before there were such steps
 */
@Wire
public record OpenedRun(
    String repository,
    String repositoryId,
    String configHash,
    String queue,
    String hostQueue,
    @Nullable String redirect,
    RunOptions options,
    @Nullable SharedRun shared,
    boolean localSteps) {

  /** Who serves a run, as earlier versions said it too. */
  @JsonCreator
  public OpenedRun {}

  /** A run that one machine has to itself. */
  public OpenedRun(
      String repository,
      String repositoryId,
      String configHash,
      String queue,
      String hostQueue,
      @Nullable String redirect,
      RunOptions options) {
    this(repository, repositoryId, configHash, queue, hostQueue, redirect, options, null, false);
  }

  /** Absolute path of the repository on the machine that opened the run, for people. */
  public String path() {
    return shared == null ? repository : shared.path();
  }

  /** The queue of steps that concern the checkout that the run was started from. */
  public String checkoutQueue() {
    return shared == null ? queue : hostQueue;
  }
}
