package io.archmage.process;

/** Why a supervised process is no longer running. */
public enum EndReason {
  /** It ended by itself, or somebody outside Archmage sent it a signal. */
  EXITED("exited"),
  /** {@link SupervisedProcess#cancel()} or {@link SupervisedProcess#kill()} was called. */
  CANCELLED("cancelled"),
  /** Nobody renewed the lease for {@link ProcessSpec#leaseTtl()}. */
  LEASE_EXPIRED("lease"),
  /** It ran longer than {@link ProcessSpec#wallTimeout()}. */
  WALL_TIMEOUT("timeout"),
  /** It wrote more than {@link ProcessSpec#maxOutputBytes()} to one of its streams. */
  OUTPUT_LIMIT("output"),
  /** Its supervisor was killed or the machine restarted; the exit code is unknown. */
  LOST("lost");

  private final String word;

  EndReason(String word) {
    this.word = word;
  }

  /** The word for this reason in the {@code exit} file. */
  public String word() {
    return word;
  }

  static EndReason ofWord(String word) {
    for (EndReason reason : values()) {
      if (reason.word.equals(word)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("unknown end reason: " + word);
  }
}
