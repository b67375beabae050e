package io.archmage.prepare;

import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import java.nio.charset.StandardCharsets;

/** What can be read of an attempt's log, a tree of files in the repository. */
public final class KeptLog {

  /** The file that says how the familiar ended. */
  public static final String END = "end";

  /** The file with its text result. */
  public static final String OUTPUT = "output";

  /** The familiar ended well. */
  public static final String SUCCEEDED = "succeeded";

  /** The familiar ended badly. */
  public static final String FAILED = "failed";

  private KeptLog() {}

  /** How the familiar ended; empty if an earlier version stored the log. */
  static String end(GitRepository repository, CommitId log) {
    return repository
        .objects()
        .readFile(log, END)
        .map(word -> new String(word, StandardCharsets.UTF_8))
        .orElse("");
  }
}
