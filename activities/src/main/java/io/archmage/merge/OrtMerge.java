package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitPaths;
import io.archmage.git.GitRepository;
import io.archmage.git.GitResult;
import io.archmage.merge.FileConflict.Kind;
import io.archmage.merge.ThreeWayMerge.PathConflict;
import io.archmage.merge.ThreeWayMerge.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs {@code git merge-tree}; the attributes are those of our side's commit. */
final class OrtMerge {
  private static final String ATTRIBUTES = ".gitattributes";

  private final GitRepository repository;

  OrtMerge(GitRepository repository) {
    this.repository = repository;
  }

  Result merge(
      Optional<CommitId> base, CommitId ours, CommitId theirs, Set<String> directories)
      throws IOException {
    try (Quarantine quarantine = new Quarantine(repository)) {
      writeAttributes(quarantine.tree(), ours, directories);
      CommitId left = ours;
      CommitId right = theirs;
      if (base.isPresent()) {
        // Older git has no --merge-base; commits made for this merge say the same.
        CommitId root = quarantine.commit(tree(base.get()), List.of());
        left = quarantine.commit(tree(ours), List.of(root));
        right = quarantine.commit(tree(theirs), List.of(root));
      }
      GitResult result =
          quarantine
              .git()
              .run("merge-tree", "--write-tree", "-z", "--messages", left.hex(), right.hex());
      if (result.exitCode() != 0 && result.exitCode() != 1) {
        throw new GitException(result);
      }
      List<String> fields = result.fields().stream().map(GitPaths::display).toList();
      if (result.exitCode() == 1) {
        return new Result.Conflicts(conflicts(fields));
      }
      quarantine.release();
      return new Result.Clean(new CommitId(fields.getFirst()));
    }
  }

  private CommitId tree(CommitId commit) {
    return repository.objects().treeOf(commit);
  }

  private void writeAttributes(Path tree, CommitId ours, Set<String> directories)
      throws IOException {
    for (String directory : directories) {
      Optional<byte[]> content = repository.objects().readFile(ours, directory + ATTRIBUTES);
      if (content.isPresent()) {
        try {
          Path file = tree.resolve(directory + ATTRIBUTES).normalize();
          if (file.startsWith(tree)) {
            Files.createDirectories(file.getParent());
            Files.write(file, content.get());
          }
        } catch (InvalidPathException e) {
          throw new GitException("cannot write " + directory + ATTRIBUTES + " for a merge", e);
        }
      }
    }
  }

  /**
   * Reads {@code tree, (mode id stage TAB path)*, empty, (count, path*, type, message)*}, the
   * format of {@code git merge-tree -z}.
   */
  static List<PathConflict> conflicts(List<String> fields) {
    Map<String, Stages> stages = new LinkedHashMap<>();
    int i = 1;
    for (; i < fields.size() && !fields.get(i).isEmpty(); i++) {
      String field = unquote(fields.get(i));
      int tab = field.indexOf('\t');
      String[] info = field.substring(0, tab).split(" ");
      stages
          .computeIfAbsent(field.substring(tab + 1), path -> new Stages())
          .add(info[0], Integer.parseInt(info[2]));
    }
    Map<String, String> types = new LinkedHashMap<>();
    for (i++; i < fields.size();) {
      int count = Integer.parseInt(fields.get(i));
      String type = fields.get(i + 1 + count);
      if (type.startsWith("CONFLICT")) {
        for (String path : fields.subList(i + 1, i + 1 + count)) {
          types.merge(path, type, (a, b) -> a + "; " + b);
        }
      }
      i += count + 3;
    }
    if (stages.isEmpty()) {
      return types.entrySet()
          .stream()
          .map(e -> new PathConflict(e.getKey(), new Stages().kind(e.getValue())))
          .toList();
    }
    List<PathConflict> conflicts = new ArrayList<>();
    stages.forEach(
        (path, stage) -> conflicts
            .add(new PathConflict(path, stage.kind(types.getOrDefault(path, "")))));
    return conflicts;
  }

  /** A line with a path that is no UTF-8 was quoted as a whole; the quotes belong to the path. */
  private static String unquote(String field) {
    int tab = field.indexOf('\t');
    return field.startsWith("\"")
        ? field.substring(1, tab + 1) + '"' + field.substring(tab + 1)
        : field;
  }

  private static final class Stages {
    private final String[] modes = new String[4];

    void add(String mode, int stage) {
      modes[stage] = mode;
    }

    Kind kind(String type) {
      if (has("160000")) {
        return Kind.SUBMODULE;
      }
      if (type.contains("file/directory")) {
        return Kind.DIRECTORY_FILE;
      }
      if (type.contains("rename")) {
        return Kind.RENAME;
      }
      if (type.contains("modify/delete")) {
        return Kind.DELETE_EDIT;
      }
      if (has("120000")) {
        return Kind.SYMLINK;
      }
      if (type.contains("binary")) {
        return Kind.BINARY;
      }
      if (type.contains("modes") || type.contains("types")) {
        return Kind.MODE;
      }
      return modes[1] == null && modes[2] != null && modes[3] != null ? Kind.ADD_ADD : Kind.CONTENT;
    }

    private boolean has(String mode) {
      return mode.equals(modes[1]) || mode.equals(modes[2]) || mode.equals(modes[3]);
    }
  }
}
