package io.archmage.git;

import io.archmage.disk.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;

/**
 * The names of everything a run keeps in the repository.
 *
 * @param run the run's id, any text; it is escaped in the names
 */
public record RunRefs(String run) {
  private static final int LONGEST = 100;
  private static final int KEPT = 80;
  private static final int HASH = 16;
  private static final int SHORT = 12;

  /** What the refs of all runs begin with; {@link #prefix()} is below it. */
  public static final String ROOT = "refs/archmage/";

  private static final String BRANCH_NAMES = "archmage/";

  /** What the branches of all runs begin with. */
  public static final String BRANCHES = Constants.R_HEADS + BRANCH_NAMES;

  /** What tokens begin with below the prefix. */
  public static final String TOKENS = "tokens/";

  /** What the refs of groups begin with below the prefix. */
  public static final String GROUPS = "groups/";

  /** How the ref of a group's claim ends. */
  public static final String CLAIM = "/claim";

  /** How the ref of a group's last head ends. */
  public static final String GROUP_HEAD = "/head";

  /**
   * Checks the id.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public RunRefs {
    if (run.isEmpty()) {
      throw new IllegalArgumentException("a run needs an id");
    }
  }

  /** Returns the short name of the branch with the integrated head. */
  public String branchName() {
    return BRANCH_NAMES + escape(run);
  }

  /** Returns the full name of the branch with the integrated head. */
  public String branch() {
    return Constants.R_HEADS + branchName();
  }

  /**
   * Returns the full name of the branch on which work comes together: a group's, by its short name,
   * or the run's own for null.
   */
  public String branchOf(@Nullable String group) {
    return group == null ? branch() : Constants.R_HEADS + group;
  }

  /** Returns what all other refs of the run begin with, with a slash at the end. */
  public String prefix() {
    return ROOT + escape(run) + "/";
  }

  /** Returns the ref of the run's description. */
  public String runRef() {
    return prefix() + "run";
  }

  /** Returns the ref of the prepared plan. */
  public String plan() {
    return prefix() + "plan";
  }

  /** Returns the ref of the commit the run began with. */
  public String base() {
    return prefix() + "base";
  }

  /** Returns the ref of the whole report. */
  public String report() {
    return prefix() + "report";
  }

  /** Returns the ref of everything an attempt left, {@code attempt} counted from 1. */
  public String attempt(String task, int attempt) {
    return prefix() + "attempts/" + escape(task) + "/" + positive(attempt);
  }

  /** Returns the ref of the run's version of the files that a task's work conflicts with. */
  public String conflictOurs(String task) {
    return prefix() + "conflicts/" + escape(task) + "/ours";
  }

  /** Returns the ref of a task's version of the files that conflict. */
  public String conflictTheirs(String task) {
    return prefix() + "conflicts/" + escape(task) + "/theirs";
  }

  /** Returns the ref of what says which branch a group of the run has. */
  public String groupClaim(String group) {
    return prefix() + GROUPS + escape(group) + CLAIM;
  }

  /** Returns the ref of where a group's branch was when it was put away. */
  public String groupHead(String group) {
    return prefix() + GROUPS + escape(group) + GROUP_HEAD;
  }

  /** Returns the ref that says which machine has a task, where several share the run. */
  public String token(String task) {
    return prefix() + TOKENS + escape(task);
  }

  /** Returns the ref that notes where the remote's branch of the run was seen last. */
  public String remoteHead() {
    return prefix() + "remote-head";
  }

  /** Returns the ref of a commit that somebody made on this clone's branch of the run alone. */
  public String aside(CommitId commit) {
    return prefix() + "aside/" + commit.hex().substring(0, SHORT);
  }

  /** Returns the ref of a checkpoint, counted from 1. */
  public String checkpoint(int number) {
    return prefix() + "checkpoints/" + positive(number);
  }

  /** Returns the ref of an attempt's log, {@code attempt} counted from 1. */
  public String log(String task, int attempt) {
    return prefix() + "logs/" + escape(task) + "/" + positive(attempt);
  }

  /** Returns the ref, to the same log, of an attempt that succeeded and left nothing to merge. */
  public String unchanged(String task, int attempt) {
    return prefix() + "unchanged/" + escape(task) + "/" + positive(attempt);
  }

  /**
   * Returns {@code text} as one component of a ref or a path: every character outside {@code
   * [a-z0-9._-]} is {@code %xx} per UTF-8 byte, as are a leading {@code .} or {@code -}, the second
   * dot of {@code ..}, a dot at the end and the dot of a {@code .lock} at the end. What is longer
   * than 100 bytes is cut at 80 and gets a hash of the whole.
   *
   * @throws IllegalArgumentException if {@code text} is empty
   */
  public static String escape(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an empty name cannot be part of a ref");
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      boolean first = i == 0 && (c == '.' || c == '-');
      boolean dots = c == '.' && i > 0 && bytes[i - 1] == '.';
      boolean last = c == '.' && (i == bytes.length - 1 || isLockAt(text, bytes, i));
      if (!isPlain(c) || first || dots || last) {
        escaped.append('%').append(HexFormat.of().toHexDigits((byte) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.length() <= LONGEST ? escaped.toString() : cut(escaped.toString(), bytes);
  }

  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
  }

  private static boolean isLockAt(String text, byte[] bytes, int index) {
    return text.endsWith(".lock") && index == bytes.length - 5;
  }

  private static String cut(String escaped, byte[] whole) {
    String kept = escaped.substring(0, KEPT).replaceFirst("%[0-9a-f]?$", "");
    return kept + "-" + Sha256.of(whole).substring(0, HASH);
  }

  private static int positive(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("counted from 1: " + number);
    }
    return number;
  }
}
