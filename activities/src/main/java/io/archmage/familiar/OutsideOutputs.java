package io.archmage.familiar;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.graph.OutputPattern;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Tells which changed files a task did not declare as its outputs. */
final class OutsideOutputs {

  private static final int MAX_SHOWN = 5;

  private final GitRepository repository;
  private final CommitId base;

  /** Directories are those of the base commit. */
  OutsideOutputs(GitRepository repository, CommitId base) {
    this.repository = repository;
    this.base = base;
  }

  /** A note that names the files, or empty if there are none or the task declares no outputs. */
  Optional<String> note(List<String> outputs, List<String> changed) {
    if (outputs.isEmpty()) {
      return Optional.empty();
    }
    List<OutputPattern> patterns =
        outputs.stream().map(output -> OutputPattern.of(output, this::isDirectory)).toList();
    List<String> outside =
        changed.stream()
            .filter(file -> patterns.stream().noneMatch(pattern -> pattern.matches(file)))
            .filter(file -> outputs.stream().noneMatch(output -> file.startsWith(output + "/")))
            .toList();
    if (outside.isEmpty()) {
      return Optional.empty();
    }
    String shown = outside.stream().limit(MAX_SHOWN).collect(Collectors.joining(", "));
    int more = outside.size() - MAX_SHOWN;
    return Optional.of(
        "warning: changed outside its outputs: " + shown
            + (more > 0 ? " and " + more + " more" : ""));
  }

  private boolean isDirectory(String path) {
    ObjectId tree = repository.objects().treeOf(base).objectId();
    if (path.isEmpty()) {
      return true;
    }
    try (TreeWalk walk = TreeWalk.forPath(repository.jgit(), path, tree)) {
      return walk != null && walk.isSubtree();
    } catch (IOException e) {
      throw new GitException("cannot read " + path + " of " + base, e);
    }
  }
}
