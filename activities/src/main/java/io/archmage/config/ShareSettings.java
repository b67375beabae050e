package io.archmage.config;

import java.time.Duration;

/**
 * How workers on several machines share runs of a repository.
 *
 * @param remote the name of the remote through which they share everything
 * @param takeoverAfter how long a machine may be silent before another one takes its attempts over
 * @param pushTarget whether a published run is pushed to the remote's branch of the same name
 */
public record ShareSettings(String remote, Duration takeoverAfter, boolean pushTarget) {

  /** How long a machine may be silent where nothing is said. */
  public static final Duration DEFAULT_TAKEOVER = Duration.ofMinutes(5);
}
