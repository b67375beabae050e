package io.archmage.workspace;

import io.archmage.git.GitException;
import io.archmage.git.GitPaths;
import io.archmage.git.GitRepository;
import io.archmage.git.GitResult;
import io.archmage.git.NativeGit;
import io.archmage.process.Aside;
import io.archmage.workspace.WorkspaceState.Gitlink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings a copy of the private index up to date with the files, whatever lies among them. */
final class FileRecorder {
  private static final Pattern CLOSED =
      Pattern.compile("^warning: could not open directory '(.*)/': .*$", Pattern.MULTILINE);
  private static final List<String> REMAINING =
      List.of("ls-files", "-z", "-m", "-o", "--exclude-standard");

  /** What was found besides ordinary files, as paths in bytes. */
  record Findings(
      List<byte[]> unreadable,
      List<byte[]> special,
      List<byte[]> embedded,
      boolean emptyDirectories,
      boolean raw) {

    /** Whether the index holds all there is among the files, but for what git ignores. */
    boolean isComplete() {
      return unreadable.isEmpty()
          && special.isEmpty()
          && embedded.isEmpty()
          && !emptyDirectories
          && !raw;
    }
  }

  private final GitRepository repository;
  private final Path files;
  private final Path index;
  private final Path scratch;
  private final List<Gitlink> gitlinks;
  private final List<String> copies;

  FileRecorder(
      GitRepository repository,
      Path files,
      Path index,
      Path scratch,
      List<Gitlink> gitlinks,
      List<String> copies) {
    this.repository = repository;
    this.files = files;
    this.index = index;
    this.scratch = scratch;
    this.gitlinks = gitlinks;
    this.copies = copies;
  }

  /**
   * Records.
   *
   * @param largest in bytes; larger files stay as the index has them
   */
  Findings record(long largest) throws IOException {
    NativeGit git = NativeGit.over(repository.commonDirectory(), files, index);
    // Git would look into a submodule's directory with the .git a familiar may have put there.
    forget(git, gitlinks.stream().map(Gitlink::path).toList());
    List<byte[]> paths = paths(largest);
    List<byte[]> special = new ArrayList<>();
    List<byte[]> embedded = new ArrayList<>();
    GitResult added;
    boolean emptyDirectories;
    try (Aside<Boolean> scanned = Aside.start(() -> scan(special, embedded))) {
      added = add(git, paths);
      emptyDirectories = scanned.join();
    }
    boolean raw = added.exitCode() > 1;
    if (raw) {
      git = withoutAttributes();
      added = add(git, paths);
      if (added.exitCode() > 1) {
        throw new GitException(added);
      }
    }
    List<byte[]> unreadable = new ArrayList<>();
    if (!embedded.isEmpty()) {
      forget(git, embedded);
      unreadable.addAll(addEmbedded(git, embedded));
    }
    if (!added.succeeded()) {
      for (byte[] path : git.run(REMAINING).orThrow().fields()) {
        if (path[path.length - 1] != '/' && special.stream().noneMatch(s -> Arrays.equals(s, path))
            && unreadable.stream().noneMatch(u -> Arrays.equals(u, path))) {
          unreadable.add(path);
        }
      }
    }
    Matcher closed = CLOSED.matcher(added.stderr());
    while (closed.find()) {
      unreadable.add((closed.group(1) + "/").getBytes(StandardCharsets.UTF_8));
    }
    return new Findings(unreadable, special, embedded, emptyDirectories, raw);
  }

  private static GitResult add(NativeGit git, List<byte[]> paths) {
    return git.run(
        List.of(
            "add", "-A", "--ignore-errors", "--pathspec-from-file=-", "--pathspec-file-nul"),
        GitPaths.join(paths));
  }

  /** Everything but what is never recorded, and what is too large, as git's patterns. */
  private List<byte[]> paths(long largest) throws IOException {
    List<byte[]> paths = new ArrayList<>();
    paths.add(".".getBytes(StandardCharsets.UTF_8));
    copies.forEach(copy -> paths.add(except(copy.getBytes(StandardCharsets.UTF_8))));
    if (largest < Long.MAX_VALUE) {
      find("-name", ".git", "-prune", "-o", "-type", "f", "-size", "+" + largest + "c", "-print0")
          .forEach(large -> paths.add(except(large)));
    }
    return paths;
  }

  private static byte[] except(byte[] path) {
    byte[] magic = ":(top,literal,exclude)".getBytes(StandardCharsets.US_ASCII);
    byte[] pattern = Arrays.copyOf(magic, magic.length + path.length);
    System.arraycopy(path, 0, pattern, magic.length, path.length);
    return pattern;
  }

  private static void forget(NativeGit git, List<byte[]> paths) {
    if (!paths.isEmpty()) {
      git.run(List.of("update-index", "-z", "--force-remove", "--stdin"), GitPaths.join(paths))
          .orThrow();
    }
  }

  /**
   * Finds what git would skip without a word, or take for a submodule.
   *
   * @return whether there are empty directories too
   */
  private boolean scan(List<byte[]> special, List<byte[]> embedded) throws IOException {
    int noted =
        find("(", "-iname", ".git", "-prune", "-print0", ")", "-o", "-type", "d", "-empty",
            "-print0", "-o", "!", "-type", "f", "!", "-type", "d", "!", "-type", "l", "-print0")
            .size();
    if (noted <= 1) {
      // The .git of the workspace itself.
      return false;
    }
    List<byte[]> found =
        find("(", "-iname", ".git", "-prune", "-print0", ")", "-o",
            "(", "!", "-type", "f", "!", "-type", "d", "!", "-type", "l", "-print0", ")");
    for (byte[] path : found) {
      String text = new String(path, StandardCharsets.ISO_8859_1);
      if (text.equals(".git")) {
        continue;
      }
      if (text.endsWith("/.git")) {
        embedded.add(Arrays.copyOf(path, path.length - 5));
      } else if (!text.toLowerCase(Locale.ROOT).endsWith(".git")) {
        special.add(path);
      }
    }
    return noted > found.size();
  }

  /** Adds the files of embedded repositories one by one, so that they do not become links. */
  private List<byte[]> addEmbedded(NativeGit git, List<byte[]> embedded) throws IOException {
    List<byte[]> candidates =
        find("-name", ".git", "-prune", "-o", "(", "-type", "f", "-o", "-type", "l", ")", "-print0")
            .stream()
            .filter(path -> embedded.stream().anyMatch(dir -> GitPaths.isBelow(path, dir)))
            .toList();
    if (candidates.isEmpty()) {
      return List.of();
    }
    GitResult ignored =
        git.run(
            List.of("check-ignore", "-z", "--no-index", "--stdin"), GitPaths.join(candidates));
    if (ignored.exitCode() > 1) {
      throw new GitException(ignored);
    }
    TreeSet<byte[]> left = new TreeSet<>(Arrays::compare);
    left.addAll(candidates);
    ignored.fields().forEach(left::remove);
    if (left.isEmpty() || update(git, left)) {
      return List.of();
    }
    return left.stream().filter(path -> !update(git, List.of(path))).toList();
  }

  private static boolean update(NativeGit git, Collection<byte[]> paths) {
    return git.run(
        List.of("update-index", "-z", "--add", "--replace", "--stdin"),
        GitPaths.join(paths))
        .succeeded();
  }

  /**
   * Returns git with a git directory made for this one use, whose attributes switch off every
   * conversion: an attribute in the workspace can make git give up on a file.
   */
  private NativeGit withoutAttributes() throws IOException {
    Path git = scratch.resolve("git");
    Files.createDirectories(git.resolve("refs"));
    Files.createDirectories(git.resolve("objects"));
    Files.createDirectories(git.resolve("info"));
    Files.writeString(git.resolve("HEAD"), "ref: refs/heads/none\n");
    Files.writeString(
        git.resolve("info/attributes"), "* -filter -working-tree-encoding -text -ident\n");
    Path excludes = repository.commonDirectory().resolve("info/exclude");
    if (Files.isRegularFile(excludes)) {
      Files.copy(excludes, git.resolve("info/exclude"));
    }
    return NativeGit.over(git, files, index)
        .with("GIT_OBJECT_DIRECTORY", repository.objectsDirectory().toString());
  }

  private List<byte[]> find(String... expression) throws IOException {
    List<String> argv = new ArrayList<>(List.of("find", ".", "-mindepth", "1"));
    argv.addAll(List.of(expression));
    Process process =
        new ProcessBuilder(argv)
            .directory(files.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    byte[] output = process.getInputStream().readAllBytes();
    try {
      // Directories that cannot be opened make find fail; git reports those.
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new GitException("interrupted while looking through " + files, e);
    }
    return GitPaths.split(output)
        .stream()
        .map(path -> Arrays.copyOfRange(path, 2, path.length))
        .toList();
  }
}
