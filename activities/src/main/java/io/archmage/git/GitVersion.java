package io.archmage.git;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of git.
 *
 * @param major such as 2
 * @param minor such as 38
 */
public record GitVersion(int major, int minor) implements Comparable<GitVersion> {
  /** The oldest version Archmage works with; it brought {@code merge-tree --write-tree}. */
  public static final GitVersion MINIMUM = new GitVersion(2, 38);

  private static final Pattern FORM = Pattern.compile("git version (\\d{1,4})\\.(\\d{1,4}).*");

  /**
   * Reads the output of {@code git --version}.
   *
   * @throws GitException if it has another form
   */
  public static GitVersion parse(String output) {
    Matcher matcher = FORM.matcher(output.strip().lines().findFirst().orElse(""));
    if (!matcher.matches()) {
      throw new GitException("cannot read git's version from: " + output.strip(), null);
    }
    return new GitVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /**
   * The git on the {@code PATH}.
   *
   * @throws GitException if there is none
   */
  public static GitVersion ofThisMachine() {
    return parse(NativeGit.in(Path.of("/")).run("--version").orThrow().text());
  }

  @Override
  public int compareTo(GitVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
