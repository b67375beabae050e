package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitPaths;
import io.archmage.git.GitRepository;
import io.archmage.merge.FileConflict.Kind;
import io.archmage.merge.ThreeWayMerge.PathConflict;
import io.archmage.merge.TreeDiff.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.ignore.FastIgnoreRule;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Finds in an attempt's changes what must not be merged, or not without a person. */
final class PathGuard {
  private static final List<String> ALWAYS = List.of("/runes/config/", ".git*");

  private final GitRepository repository;
  private final ObjectChecker names = new ObjectChecker().setSafeForMacOS(true);

  PathGuard(GitRepository repository) {
    this.repository = repository;
  }

  /** Returns the changed paths a person has to approve; renames count at both ends. */
  List<String> protectedPaths(SortedMap<byte[], Entry> changes, List<String> more) {
    List<FastIgnoreRule> rules = new ArrayList<>();
    ALWAYS.forEach(pattern -> rules.add(new FastIgnoreRule(pattern)));
    more.forEach(pattern -> rules.add(new FastIgnoreRule(pattern)));
    return changes.keySet()
        .stream()
        .map(GitPaths::display)
        .filter(path -> isProtected(path, rules))
        .toList();
  }

  /** Returns the changed paths no file system should see, and links out of the repository. */
  List<PathConflict> unsafe(SortedMap<byte[], Entry> changes) {
    List<PathConflict> unsafe = new ArrayList<>();
    for (Entry entry : changes.values()) {
      if (entry.isDeleted()) {
        continue;
      }
      String path = GitPaths.display(entry.path());
      if (!isSafeName(entry.path())) {
        unsafe.add(new PathConflict(path, Kind.UNSAFE_PATH));
      } else if (entry.newMode() == FileMode.SYMLINK && leadsOut(entry)) {
        unsafe.add(new PathConflict(path, Kind.UNSAFE_LINK));
      }
    }
    return unsafe;
  }

  /** Returns the added paths a merged tree has twice on a file system that folds names. */
  List<PathConflict> collisions(SortedMap<byte[], Entry> changes, CommitId mergedTree) {
    List<PathConflict> collisions = new ArrayList<>();
    SortedSet<String> seen = new TreeSet<>();
    for (Entry entry : changes.values()) {
      if (entry.isAdded()) {
        String path = new String(entry.path(), StandardCharsets.UTF_8);
        String colliding = collision(path, mergedTree, seen);
        if (!colliding.isEmpty()) {
          collisions.add(new PathConflict(GitPaths.display(entry.path()), Kind.CASE_COLLISION));
        }
      }
    }
    return collisions;
  }

  /** Returns what must not be merged whoever decides: what is unsafe of a change, or collides. */
  List<PathConflict> wrong(CommitId from, CommitId mergedTree) {
    SortedMap<byte[], Entry> changes =
        TreeDiff.between(repository, repository.objects().treeOf(from), mergedTree);
    List<PathConflict> wrong = new ArrayList<>(unsafe(changes));
    wrong.addAll(collisions(changes, mergedTree));
    return wrong;
  }

  private static boolean isProtected(String path, List<FastIgnoreRule> rules) {
    String folded = path.toLowerCase(Locale.ROOT);
    for (int end = folded.indexOf('/');; end = folded.indexOf('/', end + 1)) {
      boolean directory = end >= 0;
      String part = directory ? folded.substring(0, end) : folded;
      String exact = directory ? path.substring(0, end) : path;
      for (FastIgnoreRule rule : rules) {
        if (rule.isMatch(part, directory, true) || rule.isMatch(exact, directory, true)) {
          return true;
        }
      }
      if (!directory) {
        return false;
      }
    }
  }

  private boolean isSafeName(byte[] path) {
    try {
      names.checkPath(path, 0, path.length);
      return true;
    } catch (CorruptObjectException e) {
      return false;
    }
  }

  private boolean leadsOut(Entry entry) {
    try {
      byte[] target =
          repository.jgit().open(entry.newId(), Constants.OBJ_BLOB).getCachedBytes(1 << 16);
      return leadsOut(
          new String(entry.path(), StandardCharsets.UTF_8),
          new String(target, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new GitException("cannot read the link " + GitPaths.display(entry.path()), e);
    }
  }

  static boolean leadsOut(String path, String target) {
    if (target.startsWith("/")) {
      return true;
    }
    int depth = (int) path.chars().filter(c -> c == '/').count();
    for (String part : target.split("/")) {
      if (part.equals("..")) {
        depth--;
      } else if (!part.isEmpty() && !part.equals(".")) {
        if (part.equalsIgnoreCase(".git")) {
          return true;
        }
        depth++;
      }
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns the first part of the path that has a twin in its directory, or nothing. */
  private String collision(String path, CommitId tree, SortedSet<String> seen) {
    for (int start = 0; start <= path.length();) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String prefix = path.substring(0, end);
      if (seen.add(prefix) && hasTwin(path.substring(0, Math.max(0, start - 1)),
          path.substring(start, end), tree)) {
        return prefix;
      }
      start = end + 1;
    }
    return "";
  }

  private boolean hasTwin(String directory, String name, CommitId tree) {
    String folded = fold(name);
    try (TreeWalk walk = new TreeWalk(repository.jgit())) {
      if (directory.isEmpty()) {
        walk.addTree(tree.objectId());
      } else {
        try (TreeWalk found =
            TreeWalk.forPath(repository.jgit(), directory, tree.objectId())) {
          if (found == null || found.getFileMode(0) != FileMode.TREE) {
            return false;
          }
          walk.addTree(found.getObjectId(0));
        }
      }
      while (walk.next()) {
        String other = new String(walk.getRawPath(), StandardCharsets.UTF_8);
        if (!other.equals(name) && fold(other).equals(folded)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new GitException("cannot read " + directory + " of tree " + tree, e);
    }
  }

  private static String fold(String name) {
    String upper = Normalizer.normalize(name, Normalizer.Form.NFD).toUpperCase(Locale.ROOT);
    return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
  }
}
