package io.archmage.workspace;

import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.NativeGit;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Changes the files of a workspace to those of a tree; its index stays at the base. */
final class Overlay {

  private final GitRepository repository;
  private final Path root;
  private final Path files;
  private final WorkspaceState state;

  /**
   * @param state of the workspace, with a base
   */
  Overlay(GitRepository repository, Path root, Path files, WorkspaceState state) {
    this.repository = repository;
    this.root = root;
    this.files = files;
    this.state = state;
  }

  void lay(CommitId tree) throws IOException {
    CommitId wanted =
        state.baseline().isPresent() ? withSetup(tree, state.baseline().get()) : tree;
    try (ScratchIndex index = ScratchIndex.of(root)) {
      NativeGit.over(repository.commonDirectory(), files, index.file())
          .run("read-tree", "--reset", "-u", wanted.hex())
          .orThrow();
    }
  }

  /** What the setup command made before was taken along and may differ from what it made now. */
  private CommitId withSetup(CommitId tree, CommitId baseline) throws IOException {
    try (ObjectReader reader = repository.jgit().newObjectReader();
        ObjectInserter inserter = repository.jgit().newObjectInserter();
        TreeWalk walk = new TreeWalk(reader)) {
      DirCache cache = DirCache.read(reader, tree.objectId());
      IndexEdits edits = new IndexEdits();
      walk.addTree(repository.objects().treeOf(state.base().orElseThrow()).objectId());
      walk.addTree(baseline.objectId());
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (walk.next()) {
        edits.set(walk.getRawPath(), walk.getFileMode(1), walk.getObjectId(1));
      }
      edits.apply(cache);
      CommitId edited = CommitId.of(cache.writeTree(inserter));
      inserter.flush();
      return edited;
    }
  }
}
