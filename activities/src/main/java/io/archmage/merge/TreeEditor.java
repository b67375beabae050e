package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** Applies changed entries to a tree; only the directories on their way are written anew. */
final class TreeEditor {
  private record Child(FileMode mode, ObjectId id) {}

  private final ObjectReader reader;
  private final ObjectInserter inserter;

  private TreeEditor(ObjectReader reader, ObjectInserter inserter) {
    this.reader = reader;
    this.inserter = inserter;
  }

  static CommitId apply(
      GitRepository repository, CommitId tree, SortedMap<byte[], TreeDiff.Entry> changes) {
    try (ObjectReader reader = repository.jgit().newObjectReader();
        ObjectInserter inserter = repository.jgit().newObjectInserter()) {
      ObjectId edited = new TreeEditor(reader, inserter).edit(tree.objectId(), changes, 0);
      if (edited == null) {
        edited = inserter.insert(new TreeFormatter());
      }
      inserter.flush();
      return CommitId.of(edited);
    } catch (IOException e) {
      throw new GitException("cannot write a merged tree", e);
    }
  }

  /** Returns the edited tree, null if nothing is left in it. */
  private @Nullable ObjectId edit(
      ObjectId tree, SortedMap<byte[], TreeDiff.Entry> changes, int depth) throws IOException {
    Map<byte[], Child> children = read(tree);
    SortedMap<byte[], SortedMap<byte[], TreeDiff.Entry>> below = new TreeMap<>(TreeDiff.BYTES);
    // Deletions first: a directory may take the place of a file, and the other way round.
    for (TreeDiff.Entry entry : changes.values()) {
      int slash = slash(entry.path(), depth);
      byte[] name = Arrays.copyOfRange(entry.path(), depth, slash);
      if (slash < entry.path().length) {
        below.computeIfAbsent(name, n -> new TreeMap<>(TreeDiff.BYTES)).put(entry.path(), entry);
      } else if (entry.isDeleted()) {
        children.remove(name);
      }
    }
    for (Map.Entry<byte[], SortedMap<byte[], TreeDiff.Entry>> directory : below.entrySet()) {
      Child child = children.get(directory.getKey());
      ObjectId subtree =
          child != null && child.mode() == FileMode.TREE ? child.id() : ObjectId.zeroId();
      ObjectId edited =
          edit(subtree, directory.getValue(), depth + directory.getKey().length + 1);
      if (edited == null) {
        children.remove(directory.getKey());
      } else {
        children.put(directory.getKey(), new Child(FileMode.TREE, edited));
      }
    }
    for (TreeDiff.Entry entry : changes.values()) {
      if (slash(entry.path(), depth) == entry.path().length && !entry.isDeleted()) {
        byte[] name = Arrays.copyOfRange(entry.path(), depth, entry.path().length);
        children.put(name, new Child(entry.newMode(), entry.newId()));
      }
    }
    return children.isEmpty() ? null : write(children);
  }

  private Map<byte[], Child> read(ObjectId tree) throws IOException {
    Map<byte[], Child> children = new TreeMap<>(TreeDiff.BYTES);
    if (tree.equals(ObjectId.zeroId())) {
      return children;
    }
    CanonicalTreeParser parser = new CanonicalTreeParser(null, reader, tree);
    for (; !parser.eof(); parser.next(1)) {
      byte[] name = new byte[parser.getNameLength()];
      parser.getName(name, 0);
      children.put(name, new Child(parser.getEntryFileMode(), parser.getEntryObjectId()));
    }
    return children;
  }

  private ObjectId write(Map<byte[], Child> children) throws IOException {
    TreeFormatter formatter = new TreeFormatter();
    children.entrySet()
        .stream()
        .sorted(Comparator.comparing(TreeEditor::sortKey, TreeDiff.BYTES))
        .forEach(
            child -> formatter.append(child.getKey(), child.getValue().mode(),
                child.getValue().id()));
    return inserter.insert(Constants.OBJ_TREE, formatter.toByteArray());
  }

  /** Git sorts a directory as if its name ended with a slash. */
  private static byte[] sortKey(Map.Entry<byte[], Child> child) {
    byte[] name = child.getKey();
    if (child.getValue().mode() != FileMode.TREE) {
      return name;
    }
    byte[] key = Arrays.copyOf(name, name.length + 1);
    key[name.length] = '/';
    return key;
  }

  private static int slash(byte[] path, int from) {
    for (int i = from; i < path.length; i++) {
      if (path[i] == '/') {
        return i;
      }
    }
    return path.length;
  }
}
