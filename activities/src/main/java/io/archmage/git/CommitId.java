package io.archmage.git;

import java.util.regex.Pattern;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The full id of a commit.
 *
 * @param hex 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits
 */
public record CommitId(String hex) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if {@code hex} is not a full object id
   */
  public CommitId {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("not a full commit id: " + hex);
    }
  }

  /** Returns the value of a JGit object id. */
  public static CommitId of(AnyObjectId id) {
    return new CommitId(id.name());
  }

  /** Returns the first 10 digits, for people. */
  public String abbreviated() {
    return hex.substring(0, 10);
  }

  /** Returns the JGit form; only SHA-1 ids have one. */
  public ObjectId objectId() {
    return ObjectId.fromString(hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
