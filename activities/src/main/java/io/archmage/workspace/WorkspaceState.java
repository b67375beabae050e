package io.archmage.workspace;

import io.archmage.disk.WholeFile;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitPaths;
import io.archmage.git.GitRepository;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.util.FS;

/**
 * What the next worker must know of a workspace.
 *
 * @param repository the common git directory
 * @param base empty while files are being written
 * @param gitlinks the submodules of the base
 * @param recorded the tree of everything among the files but what git ignores, which is also what
 *     the index holds; empty while that is not known
 * @param baseline the tree that the setup command left, empty if that is the base's own
 */
record WorkspaceState(
    String repository,
    Optional<CommitId> base,
    List<Gitlink> gitlinks,
    Optional<CommitId> recorded,
    Optional<CommitId> baseline) {
  private static final String FILE = "workspace.properties";
  private static final String LINKS = "gitlinks";

  /** A submodule: its path in bytes and the commit the base names. */
  record Gitlink(byte[] path, CommitId commit) {}

  static WorkspaceState moving(GitRepository repository) {
    return new WorkspaceState(
        repository.commonDirectory().toString(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  WorkspaceState withRecorded(Optional<CommitId> tree) {
    return new WorkspaceState(repository, base, gitlinks, tree, baseline);
  }

  WorkspaceState withBaseline(CommitId tree) {
    return new WorkspaceState(repository, base, gitlinks, recorded, Optional.of(tree));
  }

  static WorkspaceState at(GitRepository repository, CommitId base, Path index)
      throws IOException {
    DirCache cache = DirCache.read(index.toFile(), FS.DETECTED);
    List<Gitlink> links = new ArrayList<>();
    for (int i = 0; i < cache.getEntryCount(); i++) {
      DirCacheEntry entry = cache.getEntry(i);
      if (FileMode.GITLINK.equals(entry.getRawMode())) {
        links.add(new Gitlink(entry.getRawPath(), CommitId.of(entry.getObjectId())));
      }
    }
    return new WorkspaceState(
        repository.commonDirectory().toString(),
        Optional.of(base),
        List.copyOf(links),
        Optional.empty(),
        Optional.empty());
  }

  static boolean isIn(Path root) {
    return Files.isRegularFile(root.resolve(FILE));
  }

  static WorkspaceState read(Path root, GitRepository expected) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(root.resolve(FILE))));
    String repository = properties.getProperty("repository", "");
    if (!repository.equals(expected.commonDirectory().toString())) {
      throw new GitException(
          "%s is a workspace of %s, not of %s"
              .formatted(root, repository, expected.commonDirectory()),
          null);
    }
    List<Gitlink> links = new ArrayList<>();
    Path file = root.resolve(LINKS);
    if (Files.exists(file)) {
      for (byte[] field : GitPaths.split(Files.readAllBytes(file))) {
        CommitId commit = new CommitId(new String(field, 0, 40, StandardCharsets.US_ASCII));
        links.add(new Gitlink(Arrays.copyOfRange(field, 41, field.length), commit));
      }
    }
    return new WorkspaceState(
        repository,
        commit(properties, "base"),
        List.copyOf(links),
        commit(properties, "recorded"),
        commit(properties, "baseline"));
  }

  private static Optional<CommitId> commit(Properties properties, String key) {
    return Optional.ofNullable(properties.getProperty(key)).map(CommitId::new);
  }

  void write(Path root) throws IOException {
    List<byte[]> fields = new ArrayList<>();
    for (Gitlink link : gitlinks) {
      byte[] head = (link.commit() + " ").getBytes(StandardCharsets.US_ASCII);
      byte[] field = Arrays.copyOf(head, head.length + link.path().length);
      System.arraycopy(link.path(), 0, field, head.length, link.path().length);
      fields.add(field);
    }
    Files.write(root.resolve(LINKS), GitPaths.join(fields));
    StringBuilder text = new StringBuilder("repository=").append(escape(repository)).append('\n');
    base.ifPresent(commit -> text.append("base=").append(commit).append('\n'));
    recorded.ifPresent(tree -> text.append("recorded=").append(tree).append('\n'));
    baseline.ifPresent(tree -> text.append("baseline=").append(tree).append('\n'));
    WholeFile.write(root.resolve(FILE), text.toString());
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }
}
