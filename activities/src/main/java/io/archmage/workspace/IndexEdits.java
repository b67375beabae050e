package io.archmage.workspace;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/** Changes to an index, made all at once. */
final class IndexEdits {

  private final List<DirCacheEditor.PathEdit> edits = new ArrayList<>();

  boolean isEmpty() {
    return edits.isEmpty();
  }

  /** Gives the path that content; {@link FileMode#MISSING} takes it away. */
  void set(byte[] path, FileMode mode, ObjectId id) {
    if (mode == FileMode.MISSING) {
      remove(path);
      return;
    }
    edits.add(
        new DirCacheEditor.PathEdit(new DirCacheEntry(path)) {
          @Override
          public void apply(DirCacheEntry entry) {
            entry.setFileMode(mode);
            entry.setObjectId(id);
          }
        });
  }

  /** Takes the path away. */
  void remove(byte[] path) {
    edits.add(new DirCacheEditor.DeletePath(new DirCacheEntry(path)));
  }

  void apply(DirCache cache) {
    DirCacheEditor editor = cache.editor();
    edits.forEach(editor::add);
    editor.finish();
  }
}
