package io.archmage.git;

/** The directory or its repository cannot be worked with; the message says what to do. */
public final class UnusableRepositoryException extends GitException {
  private static final long serialVersionUID = 1L;

  /** Why a repository cannot be used. */
  public enum Problem {
    /** No {@code git} on the PATH. */
    GIT_MISSING,
    /** Git is older than {@link GitVersion#MINIMUM}. */
    GIT_TOO_OLD,
    /** The directory belongs to no repository. */
    NOT_A_REPOSITORY,
    /** Git refuses the repository because another user owns it. */
    NOT_TRUSTED,
    /** The current branch has no commit. */
    NO_COMMIT,
    /** A branch named {@code archmage} leaves no room for {@code archmage/<run>}. */
    ARCHMAGE_BRANCH,
    /** Objects are missing by design and would have to be fetched in the middle of a run. */
    PARTIAL_CLONE,
    /** SHA-256 object names or a ref storage other than files. */
    UNSUPPORTED_FORMAT
  }

  private final Problem problem;

  /** Creates the exception with a message for the person who has to act. */
  public UnusableRepositoryException(Problem problem, String message) {
    super(message, null);
    this.problem = problem;
  }

  /** Returns what is wrong. */
  public Problem problem() {
    return problem;
  }
}
