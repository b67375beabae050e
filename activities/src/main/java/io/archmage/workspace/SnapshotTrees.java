package io.archmage.workspace;

import io.archmage.git.CommitId;
import io.archmage.git.GitPaths;
import io.archmage.git.GitRepository;
import io.archmage.workspace.ChangedFile.Change;
import io.archmage.workspace.Omitted.Reason;
import io.archmage.workspace.WorkspaceState.Gitlink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Turns a recorded index into the tree of everything and the tree to integrate. */
final class SnapshotTrees {
  /**
   * Both trees and how they differ from the base.
   *
   * @param full the tree with everything
   * @param integrable the tree to integrate
   */
  record Trees(
      CommitId full,
      CommitId integrable,
      List<ChangedFile> changed,
      List<Omitted> omitted,
      List<LargeFile> large) {}

  private final GitRepository repository;
  private final WorkspaceSettings settings;
  private final CommitId base;
  private final List<Gitlink> gitlinks;
  private final Optional<CommitId> baseline;

  private final List<ChangedFile> changed = new ArrayList<>();
  private final List<LargeFile> large = new ArrayList<>();
  private final Map<String, Integer> excluded = new LinkedHashMap<>();
  private final List<Omitted> omitted = new ArrayList<>();
  private final IndexEdits edits = new IndexEdits();

  SnapshotTrees(
      GitRepository repository,
      WorkspaceSettings settings,
      CommitId base,
      List<Gitlink> gitlinks,
      Optional<CommitId> baseline) {
    this.repository = repository;
    this.settings = settings;
    this.base = base;
    this.gitlinks = gitlinks;
    this.baseline = baseline;
  }

  Trees write(Path index, SnapshotRequest request) throws IOException {
    DirCache cache = read(index);
    try (ObjectInserter inserter = repository.jgit().newObjectInserter()) {
      ObjectId full = write(cache, inserter);
      sort(full, new Excludes(settings.excludes(), request.outputs()));
      ObjectId integrable = full;
      if (!edits.isEmpty()) {
        edits.apply(cache);
        integrable = write(cache, inserter);
      }
      excluded.forEach((path, count) -> omitted.add(new Omitted(path, Reason.EXCLUDED, count)));
      return new Trees(CommitId.of(full), CommitId.of(integrable), changed, omitted, large);
    }
  }

  /** The tree with everything. */
  CommitId writeAll(Path index) throws IOException {
    DirCache cache = read(index);
    try (ObjectInserter inserter = repository.jgit().newObjectInserter()) {
      return CommitId.of(write(cache, inserter));
    }
  }

  private DirCache read(Path index) throws IOException {
    DirCache cache = DirCache.read(index.toFile(), repository.jgit().getFS());
    restoreMissingLinks(cache);
    return cache;
  }

  private static ObjectId write(DirCache cache, ObjectInserter inserter) throws IOException {
    ObjectId tree = cache.writeTree(inserter);
    inserter.flush();
    return tree;
  }

  /** A workspace never has a submodule's files, so their absence means nothing. */
  private void restoreMissingLinks(DirCache cache) {
    IndexEdits links = new IndexEdits();
    for (Gitlink link : gitlinks) {
      String path = new String(link.path(), StandardCharsets.UTF_8);
      if (cache.getEntry(path) == null && cache.getEntriesWithin(path).length == 0) {
        links.set(link.path(), FileMode.GITLINK, link.commit().objectId());
      }
    }
    if (!links.isEmpty()) {
      links.apply(cache);
    }
  }

  private void sort(ObjectId full, Excludes excludes) throws IOException {
    try (TreeWalk walk = new TreeWalk(repository.jgit())) {
      ObjectId baseTree = repository.objects().treeOf(base).objectId();
      walk.addTree(baseTree);
      walk.addTree(full);
      // Where nothing else is known, the base stands for what was there before the familiar.
      walk.addTree(baseline.map(CommitId::objectId).orElse(baseTree));
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (walk.next()) {
        sortOne(walk, excludes);
      }
    }
    for (Gitlink link : gitlinks) {
      int files = excluded.getOrDefault(linkKey(link), 0);
      if (files > 0) {
        excluded.remove(linkKey(link));
        omitted.add(new Omitted(GitPaths.display(link.path()) + "/", Reason.SUBMODULE, files));
        edits.set(link.path(), FileMode.GITLINK, link.commit().objectId());
      }
    }
  }

  private void sortOne(TreeWalk walk, Excludes excludes) throws IOException {
    byte[] raw = walk.getRawPath();
    String path = GitPaths.display(raw);
    FileMode before = walk.getFileMode(0);
    FileMode after = walk.getFileMode(1);
    if (before == after && walk.idEqual(0, 1)) {
      return;
    }
    if (isMadeBySetup(walk)) {
      edits.set(raw, before, walk.getObjectId(0));
      return;
    }
    Optional<Gitlink> link =
        gitlinks.stream()
            .filter(l -> Arrays.equals(l.path(), raw) || GitPaths.isBelow(raw, l.path()))
            .findFirst();
    if (link.isPresent()) {
      if (after != FileMode.MISSING) {
        excluded.merge(linkKey(link.get()), 1, Integer::sum);
        edits.remove(raw);
      }
      return;
    }
    if (before == FileMode.MISSING) {
      Optional<String> match = excludes.isOutput(path) ? Optional.empty() : excludes.match(path);
      if (match.isPresent()) {
        excluded.merge(match.get(), 1, Integer::sum);
        edits.remove(raw);
        return;
      }
    }
    if (isTooLarge(walk, path, after, excludes)) {
      omitted.add(new Omitted(path, Reason.TOO_LARGE, 1));
      edits.set(raw, before, walk.getObjectId(0));
      return;
    }
    changed.add(
        new ChangedFile(
            path,
            before == FileMode.MISSING
                ? Change.ADDED
                : after == FileMode.MISSING ? Change.DELETED : Change.MODIFIED));
  }

  /** Whether the path is as the setup command left it, which is not the familiar's doing. */
  private boolean isMadeBySetup(TreeWalk walk) {
    return baseline.isPresent()
        && walk.getRawMode(1) == walk.getRawMode(2)
        && walk.idEqual(1, 2);
  }

  private boolean isTooLarge(TreeWalk walk, String path, FileMode after, Excludes excludes)
      throws IOException {
    if (after.getObjectType() != Constants.OBJ_BLOB || walk.idEqual(0, 1)) {
      return false;
    }
    ObjectReader reader = walk.getObjectReader();
    long size = reader.getObjectSize(walk.getObjectId(1), Constants.OBJ_BLOB);
    boolean tooLarge = size > settings.omitOver() && !excludes.isOutput(path);
    if (size > settings.reportOver()) {
      large.add(new LargeFile(path, size, !tooLarge));
    }
    return tooLarge;
  }

  private static String linkKey(Gitlink link) {
    return "\0" + GitPaths.display(link.path());
  }
}
