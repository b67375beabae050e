package io.archmage.share;

import io.archmage.git.GitException;

/** The remote does not answer, or not now: trying again may help. */
public final class RemoteAwayException extends GitException {
  private static final long serialVersionUID = 1L;

  RemoteAwayException(String message) {
    super(message, null);
  }
}
