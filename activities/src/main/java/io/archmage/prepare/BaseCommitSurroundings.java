package io.archmage.prepare;

import io.archmage.config.Configuration;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.graph.FamiliarStatus;
import io.archmage.graph.PlanSurroundings;
import io.archmage.plan.FamiliarName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Answers from a configuration and the tree of a commit. */
final class BaseCommitSurroundings implements PlanSurroundings {

  private final Configuration configuration;
  private final GitRepository repository;
  private final CommitId tree;

  BaseCommitSurroundings(Configuration configuration, GitRepository repository, CommitId base) {
    this.configuration = configuration;
    this.repository = repository;
    this.tree = repository.objects().treeOf(base);
  }

  @Override
  public SortedMap<String, Integer> resources() {
    return configuration.limits().resources();
  }

  @Override
  public FamiliarStatus familiar(FamiliarName name) {
    return configuration.status(name);
  }

  @Override
  public List<FamiliarName> knownFamiliars() {
    return configuration.knownFamiliars();
  }

  @Override
  public Optional<String> role(FamiliarName name) {
    return Optional.ofNullable(configuration.settings(name).role());
  }

  @Override
  public boolean fileExists(String path) {
    return mode(path)
        .map(FileMode::fromBits)
        .filter(mode -> mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE)
        .isPresent();
  }

  @Override
  public boolean isDirectory(String path) {
    return mode(path).map(FileMode::fromBits).filter(mode -> mode == FileMode.TREE).isPresent();
  }

  @Override
  public List<String> directories(String path) {
    List<String> names = new ArrayList<>();
    try (TreeWalk walk = new TreeWalk(repository.jgit())) {
      Optional<ObjectId> directory = path.isEmpty() ? Optional.of(tree.objectId()) : subtree(path);
      if (directory.isEmpty()) {
        return List.of();
      }
      walk.addTree(directory.get());
      while (walk.next()) {
        if (walk.isSubtree()) {
          names.add(walk.getNameString());
        }
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    return names.stream().sorted().toList();
  }

  @Override
  public boolean inferRules() {
    return configuration.inferRules();
  }

  @Override
  public boolean fileConflictCheck() {
    return configuration.fileConflictCheck();
  }

  private Optional<Integer> mode(String path) {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    try (TreeWalk walk = TreeWalk.forPath(repository.jgit(), path, tree.objectId())) {
      return walk == null ? Optional.empty() : Optional.of(walk.getRawMode(0));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private Optional<ObjectId> subtree(String path) throws IOException {
    try (TreeWalk walk = TreeWalk.forPath(repository.jgit(), path, tree.objectId())) {
      return walk == null || !walk.isSubtree()
          ? Optional.empty()
          : Optional.of(walk.getObjectId(0));
    }
  }

  private GitException unreadable(String path, IOException cause) {
    return new GitException("cannot read " + path + " of " + tree, cause);
  }
}
