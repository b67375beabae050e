package io.archmage.share;

import io.archmage.git.GitException;

/** The remote does not allow what is needed: a person must change that. */
public final class RemoteRefusedException extends GitException {
  private static final long serialVersionUID = 1L;

  RemoteRefusedException(String message) {
    super(message, null);
  }
}
