package io.archmage.cli;

import io.archmage.git.GitResult;
import io.archmage.git.NativeGit;
import java.util.regex.Pattern;

/** What a person calls a commit where they are: {@code HEAD} of a worktree is its own. */
final class Revisions {

  private static final Pattern FULL = Pattern.compile("[0-9a-f]{40}");

  private Revisions() {}

  /**
   * The full id of a commit.
   *
   * @throws CommandFailure if the current directory's repository has none of that name
   */
  static String commit(Console console, String revision) {
    GitResult result =
        NativeGit.in(console.directory())
            .run("rev-parse", "-q", "--verify", "--end-of-options", revision + "^{commit}");
    if (result.succeeded()) {
      return result.text();
    }
    if (FULL.matcher(revision).matches()) {
      return revision;
    }
    throw CommandFailure.invalid(
        "There is no commit " + revision + " in the repository of " + console.directory() + ".");
  }
}
