package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitPaths;
import io.archmage.git.GitRepository;
import io.archmage.merge.TreeDiff.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;

/** Finds files in which somebody left what git writes between the sides of a conflict. */
final class ConflictMarkers {

  private static final Pattern BEGIN = Pattern.compile("(?m)^<{7}( |\r?$)");
  private static final Pattern END = Pattern.compile("(?m)^>{7}( |\r?$)");

  /** Longer files were not merged by hand. */
  private static final int MAX_BYTES = 16 << 20;

  private final GitRepository repository;

  ConflictMarkers(GitRepository repository) {
    this.repository = repository;
  }

  /**
   * Returns the files of the commit with markers that none of the others has in them: a file about
   * conflicts may have markers of its own.
   */
  List<String> leftIn(CommitId commit, List<CommitId> others) {
    List<String> marked = new ArrayList<>();
    SortedMap<byte[], Entry> changed = TreeDiff.ofCommits(repository, others.getFirst(), commit);
    for (Entry entry : changed.values()) {
      String path = GitPaths.display(entry.path());
      if (!entry.isDeleted()
          && entry.newMode() != FileMode.GITLINK
          && has(entry)
          && others.stream().noneMatch(other -> has(other, path))) {
        marked.add(path);
      }
    }
    return marked;
  }

  private boolean has(Entry entry) {
    try {
      return isMarked(
          repository.jgit().open(entry.newId(), Constants.OBJ_BLOB).getCachedBytes(MAX_BYTES));
    } catch (LargeObjectException e) {
      return false;
    } catch (IOException e) {
      throw new GitException("cannot read " + GitPaths.display(entry.path()), e);
    }
  }

  private boolean has(CommitId commit, String path) {
    return repository.objects()
        .readFile(commit, path)
        .filter(ConflictMarkers::isMarked)
        .isPresent();
  }

  private static boolean isMarked(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    return BEGIN.matcher(text).find() && END.matcher(text).find();
  }
}
