package io.archmage.share;

import io.archmage.git.CommitId;
import java.util.Optional;

/**
 * A change of a ref on the remote.
 *
 * @param ref its full name
 * @param to the object that it shall name, of any kind
 * @param from the object that it must name, empty if it must not exist
 */
record RefMove(String ref, CommitId to, Optional<CommitId> from) {

  static RefMove create(String ref, CommitId to) {
    return new RefMove(ref, to, Optional.empty());
  }
}
