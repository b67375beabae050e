package io.archmage.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathSuffixFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Blobs, trees and commits of a repository; everything written is on disk when a call returns. */
public final class ObjectStore {
  private final GitRepository repository;

  ObjectStore(GitRepository repository) {
    this.repository = repository;
  }

  /** Writes a blob and returns its id. */
  public CommitId writeBlob(byte[] content) {
    try (ObjectInserter inserter = repository.jgit().newObjectInserter()) {
      ObjectId id = inserter.insert(Constants.OBJ_BLOB, content);
      inserter.flush();
      return CommitId.of(id);
    } catch (IOException e) {
      throw new GitException("cannot write a blob to " + repository.commonDirectory(), e);
    }
  }

  /** Writes a tree of plain files, named by their paths with {@code /}, and returns its id. */
  public CommitId writeTree(Map<String, byte[]> files) {
    try (ObjectInserter inserter = repository.jgit().newObjectInserter()) {
      DirCache cache = DirCache.newInCore();
      DirCacheBuilder builder = cache.builder();
      for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
        DirCacheEntry entry = new DirCacheEntry(file.getKey());
        entry.setFileMode(FileMode.REGULAR_FILE);
        entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue()));
        builder.add(entry);
      }
      builder.finish();
      ObjectId tree = cache.writeTree(inserter);
      inserter.flush();
      return CommitId.of(tree);
    } catch (IOException e) {
      throw new GitException("cannot write a tree to " + repository.commonDirectory(), e);
    }
  }

  /**
   * Writes a commit, never signed.
   *
   * @param tree the id of its tree
   * @param parents possibly none
   * @param author who did the work; the committer is Archmage
   * @param message the whole message
   * @param when for author and committer
   */
  public CommitId writeCommit(
      CommitId tree, List<CommitId> parents, Identity author, String message, Instant when) {
    CommitBuilder commit = new CommitBuilder();
    commit.setTreeId(tree.objectId());
    commit.setParentIds(parents.stream().map(CommitId::objectId).toList());
    commit.setAuthor(person(author, when));
    commit.setCommitter(person(Identity.ARCHMAGE, when));
    commit.setEncoding(StandardCharsets.UTF_8);
    commit.setMessage(message.endsWith("\n") ? message : message + "\n");
    try (ObjectInserter inserter = repository.jgit().newObjectInserter()) {
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return CommitId.of(id);
    } catch (IOException e) {
      throw new GitException("cannot write a commit to " + repository.commonDirectory(), e);
    }
  }

  /** Returns the id of a commit's tree. */
  public CommitId treeOf(CommitId commit) {
    return CommitId.of(parse(commit).getTree());
  }

  /** Returns a commit with its message and parents. */
  public RevCommit parse(CommitId commit) {
    try (RevWalk walk = new RevWalk(repository.jgit())) {
      RevCommit parsed = walk.parseCommit(commit.objectId());
      walk.parseBody(parsed);
      return parsed;
    } catch (IOException e) {
      throw new GitException("cannot read commit " + commit, e);
    }
  }

  /** Tells whether the commit can be read: {@code git gc --prune=now} may remove a new one. */
  public boolean has(CommitId commit) {
    try (RevWalk walk = new RevWalk(repository.jgit())) {
      walk.parseCommit(commit.objectId());
      return true;
    } catch (MissingObjectException pruned) {
      return false;
    } catch (IOException e) {
      throw new GitException("cannot read commit " + commit, e);
    }
  }

  /** Tells whether {@code ancestor} is {@code commit} or one of its ancestors. */
  public boolean isAncestor(CommitId ancestor, CommitId commit) {
    try (RevWalk walk = new RevWalk(repository.jgit())) {
      return walk.isMergedInto(
          walk.parseCommit(ancestor.objectId()), walk.parseCommit(commit.objectId()));
    } catch (IOException e) {
      throw new GitException("cannot compare " + ancestor + " with " + commit, e);
    }
  }

  /** Returns the bytes of a blob, empty if there is no such object. */
  public Optional<byte[]> readBlob(CommitId blob) {
    try {
      return Optional.of(
          repository.jgit().open(blob.objectId(), Constants.OBJ_BLOB).getBytes());
    } catch (MissingObjectException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new GitException("cannot read blob " + blob, e);
    }
  }

  /** Returns a file as a commit or a tree has it, empty if that has no file at this path. */
  public Optional<byte[]> readFile(CommitId commitOrTree, String path) {
    try (RevWalk walk = new RevWalk(repository.jgit())) {
      try (TreeWalk file =
          TreeWalk.forPath(walk.getObjectReader(), path, tree(walk, commitOrTree))) {
        return file == null || file.getFileMode(0).getObjectType() != Constants.OBJ_BLOB
            ? Optional.empty()
            : Optional.of(walk.getObjectReader().open(file.getObjectId(0)).getBytes());
      }
    } catch (IOException e) {
      throw new GitException("cannot read " + path + " of " + commitOrTree, e);
    }
  }

  /**
   * Tells whether the files whose paths end so are the same in two commits or trees; false if one
   * of these is gone.
   */
  public boolean haveSameFiles(CommitId one, CommitId other, String ending) {
    try (RevWalk walk = new RevWalk(repository.jgit());
        TreeWalk trees = new TreeWalk(walk.getObjectReader())) {
      trees.addTree(tree(walk, one));
      trees.addTree(tree(walk, other));
      trees.setRecursive(true);
      trees.setFilter(
          AndTreeFilter.create(TreeFilter.ANY_DIFF, PathSuffixFilter.create(ending)));
      return !trees.next();
    } catch (MissingObjectException gone) {
      return false;
    } catch (IOException e) {
      throw new GitException("cannot compare " + one + " with " + other, e);
    }
  }

  private static ObjectId tree(RevWalk walk, CommitId commitOrTree) throws IOException {
    RevObject object = walk.peel(walk.parseAny(commitOrTree.objectId()));
    return object instanceof RevCommit commit ? commit.getTree() : object;
  }

  private static PersonIdent person(Identity identity, Instant when) {
    return new PersonIdent(identity.name(), identity.email(), when, ZoneOffset.UTC);
  }
}
