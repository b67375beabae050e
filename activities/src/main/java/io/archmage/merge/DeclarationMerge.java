package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitPaths;
import io.archmage.git.GitRepository;
import io.archmage.git.Identity;
import io.archmage.merge.FileConflict.Kind;
import io.archmage.merge.ThreeWayMerge.PathConflict;
import io.archmage.merge.ThreeWayMerge.Result;
import io.archmage.merge.TreeDiff.Entry;
import io.archmage.plan.MergeRules;
import io.archmage.structural.Clash;
import io.archmage.structural.StructuralMerge;
import io.archmage.structural.StructuralResult;
import io.archmage.structural.StructuralResult.Conflict;
import io.archmage.structural.StructuralResult.Merged;
import io.archmage.structural.StructuralResult.NotApplicable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Merges as git does, then looks into each file that both sides changed: what merged is checked,
 * and what did not is merged by its declarations if the rules let it.
 */
final class DeclarationMerge {
  private final GitRepository repository;
  private final Optional<MergeRules> rules;
  private final StructuralMerge files;
  private final List<PathConflict> conflicts = new ArrayList<>();
  private final SortedMap<byte[], Entry> replaced = new TreeMap<>(TreeDiff.BYTES);
  private final List<String> structural = new ArrayList<>();
  private final List<String> unchecked = new ArrayList<>();

  /**
   * One merge.
   *
   * @param rules for merging by declarations, empty if text is only to be checked
   */
  DeclarationMerge(GitRepository repository, Optional<MergeRules> rules) {
    this.repository = repository;
    this.rules = rules;
    this.files = new StructuralMerge(rules.orElse(null));
  }

  /** Merges with a given common ancestor; to be called once. */
  Result merge(CommitId base, CommitId ours, CommitId theirs) {
    SortedMap<byte[], Both> both = both(base, ours, theirs);
    Result text = new ThreeWayMerge(repository).merge(base, ours, theirs);
    if (text instanceof Result.Conflicts stuck) {
      for (PathConflict conflict : stuck.paths()) {
        resolve(conflict, both, ours);
      }
      if (!conflicts.isEmpty()) {
        return new Result.Conflicts(conflicts);
      }
      text =
          new ThreeWayMerge(repository)
              .merge(base, withReplaced(ours), withReplaced(theirs));
      if (text instanceof Result.Conflicts) {
        return text;
      }
    }
    CommitId tree = ((Result.Clean) text).tree();
    for (Both file : both.values()) {
      if (!replaced.containsKey(file.path())) {
        check(file, tree);
      }
    }
    if (!conflicts.isEmpty()) {
      return new Result.Conflicts(conflicts);
    }
    CommitId result =
        replaced.isEmpty() ? tree : TreeEditor.apply(repository, tree, replaced);
    return new Result.Clean(result, structural, unchecked);
  }

  /** A regular file that both sides changed, not to the same. */
  private record Both(Entry ours, Entry theirs) {
    byte[] path() {
      return ours.path();
    }

    String shown() {
      return GitPaths.display(ours.path());
    }

    boolean hasBase() {
      return !ours.isAdded();
    }
  }

  private SortedMap<byte[], Both> both(CommitId base, CommitId ours, CommitId theirs) {
    SortedMap<byte[], Entry> theirChanges = TreeDiff.ofCommits(repository, base, theirs);
    SortedMap<byte[], Both> both = new TreeMap<>(TreeDiff.BYTES);
    for (Entry entry : TreeDiff.ofCommits(repository, base, ours).values()) {
      Entry other = theirChanges.get(entry.path());
      if (other != null
          && isFile(entry.newMode())
          && isFile(other.newMode())
          && (entry.isAdded() || isFile(entry.oldMode()))
          && !entry.newId().equals(other.newId())
          && !entry.newId().equals(entry.oldId())
          && !other.newId().equals(other.oldId())) {
        both.put(entry.path(), new Both(entry, other));
      }
    }
    return both;
  }

  private static boolean isFile(FileMode mode) {
    return mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
  }

  /** Tries a file that does not merge by its lines; says at least what clashes. */
  private void resolve(PathConflict conflict, SortedMap<byte[], Both> both, CommitId ours) {
    Optional<Both> file =
        both.values()
            .stream()
            .filter(candidate -> candidate.shown().equals(conflict.path()))
            .filter(candidate -> conflict.kind() == Kind.CONTENT && candidate.hasBase())
            .findFirst();
    if (file.isEmpty()) {
      conflicts.add(conflict);
      return;
    }
    switch (merged(file.get())) {
      case Merged merged -> {
        if (rules.isEmpty() || attributesDecide(ours, conflict.path())) {
          conflicts.add(conflict);
        } else if (rules.get().resolutions() == MergeRules.Resolutions.ASK) {
          conflicts.add(new PathConflict(conflict.path(), Kind.RESOLVABLE));
        } else {
          replace(file.get(), merged.content());
        }
      }
      case Conflict clash ->
        conflicts.add(new PathConflict(conflict.path(), conflict.kind(), clash.clashes()));
      case NotApplicable no -> conflicts.add(conflict);
    }
  }

  /** Looks at a file that merged by its lines. */
  private void check(Both file, CommitId tree) {
    Optional<byte[]> result = repository.objects().readFile(tree, file.shown());
    if (!file.hasBase() || result.isEmpty()) {
      return;
    }
    StructuralResult checked =
        files.check(
            file.shown(),
            blob(file.ours().oldId()),
            blob(file.ours().newId()),
            blob(file.theirs().newId()),
            result.get());
    switch (checked) {
      case Merged fine -> {}
      case NotApplicable no -> {
        if (!no.reason().isEmpty()) {
          unchecked.add(file.shown() + ": " + no.reason());
        }
      }
      case Conflict wrong -> retry(file, wrong);
    }
  }

  /** Lines can put a thing there twice that by its declaration is one. */
  private void retry(Both file, Conflict wrong) {
    boolean fits =
        rules.filter(own -> own.resolutions() == MergeRules.Resolutions.APPLY).isPresent()
            && wrong.clashes()
                .stream()
                .noneMatch(
                    clash -> clash.kind() == Clash.Kind.SAME_FUNCTION
                        || clash.kind() == Clash.Kind.LOST_NAME);
    if (fits && merged(file) instanceof Merged merged) {
      replace(file, merged.content());
    } else {
      conflicts.add(new PathConflict(file.shown(), Kind.DECLARATIONS, wrong.clashes()));
    }
  }

  private StructuralResult merged(Both file) {
    return files.merge(
        file.shown(),
        blob(file.ours().oldId()),
        blob(file.ours().newId()),
        blob(file.theirs().newId()));
  }

  private void replace(Both file, byte[] content) {
    Entry ours = file.ours();
    ObjectId id = repository.objects().writeBlob(content).objectId();
    // One side may have changed the mode; both did only where they agree, else git would not merge.
    FileMode mode =
        ours.newMode() == ours.oldMode() ? file.theirs().newMode() : ours.newMode();
    replaced.put(file.path(), new Entry(file.path(), ours.oldMode(), ours.oldId(), mode, id));
    structural.add(file.shown());
  }

  /** A commit with the files that are merged already, so that git has nothing to do with them. */
  private CommitId withReplaced(CommitId commit) {
    CommitId tree =
        TreeEditor.apply(repository, repository.objects().treeOf(commit), replaced);
    // Only its tree is merged; no ref ever names it.
    return repository
        .objects()
        .writeCommit(tree, List.of(), Identity.ARCHMAGE, "merged files\n", Instant.EPOCH);
  }

  /** Whether an attribute says how a file is to be merged; then nothing else does. */
  private boolean attributesDecide(CommitId ours, String path) {
    for (int end = -1;;) {
      String directory = path.substring(0, end + 1);
      Optional<byte[]> attributes =
          repository.objects().readFile(ours, directory + ".gitattributes");
      if (attributes.isPresent()
          && GitPaths.display(attributes.get()).matches("(?s).*\\b(merge|binary)\\b.*")) {
        return true;
      }
      end = path.indexOf('/', end + 1);
      if (end < 0) {
        return false;
      }
    }
  }

  private byte[] blob(ObjectId id) {
    try {
      return repository.jgit().open(id, Constants.OBJ_BLOB).getBytes();
    } catch (IOException e) {
      throw new GitException("cannot read " + id.name(), e);
    }
  }
}
