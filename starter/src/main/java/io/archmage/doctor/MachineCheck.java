package io.archmage.doctor;

import io.archmage.git.GitException;
import io.archmage.git.GitVersion;
import io.archmage.settings.SettingsException;
import io.archmage.settings.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Java, git, and room for Archmage's own files. */
public final class MachineCheck implements Check {

  /** The oldest Java that Archmage runs on. */
  private static final int OLDEST_JAVA = 21;

  private static final long LITTLE_ROOM = 2L << 30;
  private static final long NO_ROOM = 200L << 20;

  private final Runtime.Version java;
  private final Supplier<GitVersion> git;
  private final Supplier<StateDirectory> state;

  /**
   * @param java the version of the Java that runs
   * @param git finds git's version, or throws {@link GitException}
   * @param state finds the state directory, or throws {@link SettingsException}
   */
  public MachineCheck(
      Runtime.Version java, Supplier<GitVersion> git, Supplier<StateDirectory> state) {
    this.java = java;
    this.git = git;
    this.state = state;
  }

  @Override
  public String name() {
    return "machine";
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(git());
    try {
      Path directory = state.get().path();
      findings.add(writable(directory));
      findings.add(room(directory));
    } catch (SettingsException e) {
      findings.add(Finding.problem("state", String.valueOf(e.getMessage()), null));
    }
    return findings;
  }

  private Finding java() {
    return java.feature() >= OLDEST_JAVA
        ? Finding.ok("java", "Java " + java)
        : Finding.problem(
            "java",
            "Java " + java + " is too old",
            "Install a JDK of version " + OLDEST_JAVA + " or newer and name it in JAVA_HOME.");
  }

  private Finding git() {
    try {
      GitVersion version = git.get();
      return version.compareTo(GitVersion.MINIMUM) >= 0
          ? Finding.ok("git", "git " + version)
          : Finding.problem(
              "git",
              "git " + version + " is too old",
              "Install git " + GitVersion.MINIMUM + " or newer.");
    } catch (GitException e) {
      return Finding.problem("git", String.valueOf(e.getMessage()), null);
    }
  }

  private static Finding writable(Path directory) {
    Path existing = existing(directory);
    if (!Files.isDirectory(existing)) {
      return Finding.problem(
          "state",
          existing + " is no directory, so " + directory + " cannot be made",
          "Remove it, or set " + StateDirectory.VARIABLE + " to another directory.");
    }
    return Files.isWritable(existing)
        ? Finding.ok("state", "Archmage's own files are in " + directory)
        : Finding.problem(
            "state",
            existing + " cannot be written to",
            "Make it writable, or set " + StateDirectory.VARIABLE + " to another directory.");
  }

  private static Finding room(Path directory) {
    try {
      long bytes = Files.getFileStore(existing(directory)).getUsableSpace();
      return room(directory, bytes);
    } catch (IOException e) {
      return Finding.warning("disk", "The room for " + directory + " is not known: " + e, null);
    }
  }

  /** What so many free bytes mean. */
  static Finding room(Path directory, long bytes) {
    String left =
        String.format(Locale.ROOT, "%.1f GB are free for %s", bytes / 1e9, directory);
    String advice =
        "Make room, or set " + StateDirectory.VARIABLE + " to a directory on another disk.";
    if (bytes < NO_ROOM) {
      return Finding.problem("disk", left, advice);
    }
    return bytes < LITTLE_ROOM
        ? Finding.warning("disk", left, advice)
        : Finding.ok("disk", left);
  }

  private static Path existing(Path path) {
    Path candidate = path;
    while (!Files.exists(candidate) && candidate.getParent() != null) {
      candidate = candidate.getParent();
    }
    return candidate;
  }
}
