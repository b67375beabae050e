package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.NativeGit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * Takes what a merge writes until it is known to be clean, so that text with conflict markers never
 * gets into the repository.
 */
final class Quarantine implements AutoCloseable {
  private static final PersonIdent NOBODY =
      new PersonIdent("nobody", "nobody@localhost", Instant.EPOCH, ZoneOffset.UTC);

  private final GitRepository repository;
  private final Path root;

  Quarantine(GitRepository repository) throws IOException {
    this.repository = repository;
    this.root = Files.createTempDirectory("archmage-merge-");
    Files.createDirectory(objects());
    Files.createDirectory(tree());
  }

  /** Returns the empty work tree, the place for {@code .gitattributes}. */
  Path tree() {
    return root.resolve("tree");
  }

  NativeGit git() {
    return NativeGit.over(repository.commonDirectory(), tree(), root.resolve("index"))
        .with("GIT_OBJECT_DIRECTORY", objects().toString())
        .with("GIT_ALTERNATE_OBJECT_DIRECTORIES", quote(repository.objectsDirectory().toString()));
  }

  /** Writes a commit that exists only here. */
  CommitId commit(CommitId tree, List<CommitId> parents) throws IOException {
    CommitBuilder builder = new CommitBuilder();
    builder.setTreeId(tree.objectId());
    builder.setParentIds(parents.stream().map(CommitId::objectId).toList());
    builder.setAuthor(NOBODY);
    builder.setCommitter(NOBODY);
    builder.setMessage("merge\n");
    byte[] content = builder.build();
    ObjectId id;
    try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
      id = formatter.idFor(Constants.OBJ_COMMIT, content);
    }
    Path file = objects().resolve(id.name().substring(0, 2)).resolve(id.name().substring(2));
    Files.createDirectories(file.getParent());
    if (Files.notExists(file)) {
      try (OutputStream out = new DeflaterOutputStream(Files.newOutputStream(file))) {
        out.write(("commit " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
        out.write(content);
      }
    }
    return CommitId.of(id);
  }

  /** Takes all blobs and trees over into the repository. */
  void release() throws IOException {
    try (ObjectInserter inserter = repository.jgit().newObjectInserter();
        Stream<Path> files = Files.walk(objects())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] raw = inflate(file);
        int end = 0;
        while (raw[end] != 0) {
          end++;
        }
        String type = new String(raw, 0, end, StandardCharsets.US_ASCII).split(" ")[0];
        if (!type.equals("commit")) {
          int length = raw.length - end - 1;
          int code = type.equals("blob") ? Constants.OBJ_BLOB : Constants.OBJ_TREE;
          inserter.insert(code, raw, end + 1, length);
        }
      }
      inserter.flush();
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Path objects() {
    return root.resolve("objects");
  }

  private static byte[] inflate(Path file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InflaterInputStream in = new InflaterInputStream(Files.newInputStream(file))) {
      in.transferTo(out);
    }
    return out.toByteArray();
  }

  /** Quotes a path for a variable in which a colon separates entries. */
  private static String quote(String path) {
    if (path.indexOf(':') < 0 && path.indexOf('"') < 0) {
      return path;
    }
    if (path.indexOf('\n') >= 0) {
      throw new GitException("cannot merge in a repository with a line break in its path", null);
    }
    return '"' + path.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
