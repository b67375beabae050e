package io.archmage.workspace;

import io.archmage.fault.Step;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitPaths;
import io.archmage.git.GitRepository;
import io.archmage.git.RefStore;
import io.archmage.workspace.SnapshotTrees.Trees;
import io.archmage.workspace.WorkspaceState.Gitlink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;

/** Takes one snapshot of a workspace. */
final class Snapshotter {
  private final GitRepository repository;
  private final Path root;
  private final Path files;
  private final WorkspaceSettings settings;
  private final CommitId base;
  private final List<Gitlink> gitlinks;
  private final Optional<CommitId> baseline;

  /**
   * @param state of the workspace, with a base
   */
  Snapshotter(
      GitRepository repository,
      Path root,
      Path files,
      WorkspaceSettings settings,
      WorkspaceState state) {
    this.repository = repository;
    this.root = root;
    this.files = files;
    this.settings = settings;
    this.base = state.base().orElseThrow();
    this.gitlinks = state.gitlinks();
    this.baseline = state.baseline();
  }

  /**
   * @param whole whether large files are taken too
   */
  Snapshot take(SnapshotRequest request, boolean whole) throws IOException {
    try (ScratchIndex index = ScratchIndex.of(root)) {
      FileRecorder.Findings findings = record(index, whole);
      Step.FILES_RECORDED.reached();
      Trees trees = trees().write(index.file(), request);
      boolean everything = whole && gitlinks.isEmpty() && findings.isComplete();
      Snapshot snapshot = commit(request, findings, trees, everything);
      if (everything) {
        Files.move(index.file(), root.resolve("index"), StandardCopyOption.ATOMIC_MOVE);
      }
      return snapshot;
    }
  }

  /** The tree of everything but what git ignores, without a commit. */
  CommitId tree() throws IOException {
    try (ScratchIndex index = ScratchIndex.of(root)) {
      record(index, true);
      return trees().writeAll(index.file());
    }
  }

  private FileRecorder.Findings record(ScratchIndex index, boolean whole) throws IOException {
    return new FileRecorder(
        repository, files, index.file(), index.directory(), gitlinks, settings.copies())
        .record(whole ? Long.MAX_VALUE : settings.reportOver());
  }

  private SnapshotTrees trees() {
    return new SnapshotTrees(repository, settings, base, gitlinks, baseline);
  }

  private Snapshot commit(
      SnapshotRequest request,
      FileRecorder.Findings findings,
      Trees trees,
      boolean everything) {
    CommitId baseTree = repository.objects().treeOf(base);
    Optional<CommitId> earlier = repository.refs().read(request.ref());
    Optional<CommitId> known = earlier.filter(commit -> holds(commit, trees, baseTree));
    Optional<CommitId> integrable = Optional.empty();
    Optional<CommitId> full = Optional.empty();
    if (!trees.integrable().equals(baseTree)) {
      integrable =
          known
              .map(commit -> trees.full().equals(trees.integrable()) ? commit : parent(commit))
              .or(() -> Optional.of(write(trees.integrable(), base, request)));
    }
    if (!trees.full().equals(baseTree)) {
      CommitId parent = integrable.orElse(base);
      full =
          trees.full().equals(trees.integrable())
              ? integrable
              : known.or(() -> Optional.of(write(trees.full(), parent, request)));
    }
    Step.ATTEMPT_COMMITTED.reached();
    point(request.ref(), earlier, full.orElse(base));
    Step.ATTEMPT_KEPT.reached();
    List<Omitted> omitted = new ArrayList<>(trees.omitted());
    findings.unreadable().forEach(p -> omitted.add(one(p, Omitted.Reason.UNREADABLE)));
    findings.special().forEach(p -> omitted.add(one(p, Omitted.Reason.SPECIAL_FILE)));
    return new Snapshot(
        full,
        integrable,
        trees.changed(),
        omitted,
        trees.large(),
        findings.embedded().stream().map(GitPaths::display).toList(),
        everything ? Optional.of(trees.full()) : Optional.empty(),
        findings.raw());
  }

  private void point(String ref, Optional<CommitId> earlier, CommitId commit) {
    RefStore.Change change =
        earlier.isEmpty()
            ? repository.refs().create(ref, commit)
            : repository.refs().update(ref, commit, earlier.get());
    if (change == RefStore.Change.LOST) {
      throw new GitException("another worker writes " + ref + "; its snapshot was kept", null);
    }
  }

  private CommitId write(CommitId tree, CommitId parent, SnapshotRequest request) {
    return repository
        .objects()
        .writeCommit(
            tree,
            List.of(parent),
            request.author(),
            request.trailers().message(request.description()),
            request.when());
  }

  /** Tells whether an earlier snapshot of this attempt has the same trees on the same base. */
  private boolean holds(CommitId commit, Trees trees, CommitId baseTree) {
    if (!repository.objects().has(commit)) {
      return false;
    }
    RevCommit full = repository.objects().parse(commit);
    if (!full.getTree().name().equals(trees.full().hex()) || full.getParentCount() != 1) {
      return false;
    }
    CommitId parent = CommitId.of(full.getParent(0));
    if (trees.full().equals(trees.integrable()) || trees.integrable().equals(baseTree)) {
      return parent.equals(base);
    }
    RevCommit inner = repository.objects().parse(parent);
    return inner.getTree().name().equals(trees.integrable().hex())
        && inner.getParentCount() == 1
        && inner.getParent(0).name().equals(base.hex());
  }

  private CommitId parent(CommitId commit) {
    return CommitId.of(repository.objects().parse(commit).getParent(0));
  }

  private static Omitted one(byte[] path, Omitted.Reason reason) {
    return new Omitted(GitPaths.display(path), reason, 1);
  }
}
