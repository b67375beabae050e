package io.archmage.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.git.CommitId;
import io.archmage.git.TestRepo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random edits of both sides: the tree and the verdict are those of {@code git merge-tree}. */
class MergeLikeGitTest extends MergeFixture {
  private static final int CASES = 30;
  private static final List<String> NAMES =
      List.of("a", "b", "c", "d/a", "d/b", "d/e/a", "f/a", "f/b", "g/h/i/a", "a-b", "d.x", "d0");

  private int simple;
  private int conflicts;

  @ParameterizedTest
  @ValueSource(longs = {1, 20, 300})
  void shouldGiveTheTreeAndVerdictOfGit(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      Map<String, String> start = new TreeMap<>();
      for (String name : NAMES) {
        if (random.nextInt(3) > 0) {
          start.put(name, text(random, name));
        }
      }
      CommitId root = commit(start, List.of());
      CommitId ours = commit(edit(start, random, 1 + random.nextInt(3)), List.of(root));
      CommitId theirs = commit(edit(start, random, 1 + random.nextInt(3)), List.of(root));
      compare("seed %d, case %d".formatted(seed, i), root, ours, theirs);
    }
    assertThat(simple).as("cases without git").isBetween(3, CASES - 3);
    assertThat(conflicts).as("conflicts").isBetween(3, CASES - 3);
    user.git("fsck", "--strict");
  }

  @Test
  void shouldLeaveDirectoryRenamesToGit() {
    CommitId root = commit(Map.of("d/a", "1\n2\n3\n4\n", "d/b", "5\n6\n7\n8\n"), List.of());
    CommitId ours = commit(Map.of("e/a", "1\n2\n3\n4\n", "e/b", "5\n6\n7\n8\n"), List.of(root));
    CommitId theirs =
        commit(
            Map.of("d/a", "1\n2\n3\n4\n", "d/b", "5\n6\n7\n8\n", "d/new", "n\n"), List.of(root));

    compare("directory rename", root, ours, theirs);
    assertThat(conflicts).isEqualTo(1);
  }

  private void compare(String name, CommitId root, CommitId ours, CommitId theirs) {
    TestRepo.Outcome git =
        user.tryGit("merge-tree", "--write-tree", "--no-messages", ours.hex(), theirs.hex());
    if (ThreeWayMerge.isSimple(changes(root, ours), changes(root, theirs))) {
      simple++;
    }
    switch (new ThreeWayMerge(repository).merge(root, ours, theirs)) {
      case ThreeWayMerge.Result.Clean clean -> {
        assertThat(git.exitCode()).as(name).isZero();
        assertThat(clean.tree().hex()).as(name).isEqualTo(git.output().strip());
        user.git("cat-file", "-e", clean.tree() + "^{tree}");
      }
      case ThreeWayMerge.Result.Conflicts conflict -> {
        conflicts++;
        assertThat(git.exitCode()).as(name).isEqualTo(1);
        assertThat(conflict.paths()).as(name).isNotEmpty();
      }
    }
  }

  private SortedMap<byte[], TreeDiff.Entry> changes(CommitId from, CommitId to) {
    return TreeDiff.between(
        repository, repository.objects().treeOf(from), repository.objects().treeOf(to));
  }

  private CommitId commit(Map<String, String> files, List<CommitId> parents) {
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return repository
        .objects()
        .writeCommit(repository.objects().writeTree(bytes), parents, AUTHOR, "m", NOON);
  }

  private static Map<String, String> edit(Map<String, String> start, Random random, int edits) {
    Map<String, String> files = new TreeMap<>(start);
    for (int i = 0; i < edits && !files.isEmpty(); i++) {
      List<String> names = new ArrayList<>(files.keySet());
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(8)) {
        case 0 -> files.remove(name);
        case 1 -> move(files, name, "n" + random.nextInt(4));
        case 2 -> add(files, "f/new" + random.nextInt(6), text(random, "new"));
        case 3 -> add(files, name + "/below", "below\n");
        default -> files.put(name, change(files.get(name), random));
      }
    }
    return files;
  }

  private static void move(Map<String, String> files, String from, String to) {
    add(files, to, files.remove(from));
  }

  /** Adds a file; what stands where it needs a directory goes, and the other way round. */
  private static void add(Map<String, String> files, String path, String text) {
    files.keySet().removeIf(p -> path.startsWith(p + "/") || p.startsWith(path + "/"));
    files.put(path, text);
  }

  private static String change(String text, Random random) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int at = random.nextInt(lines.size() + 1);
    if (at < lines.size() && random.nextBoolean()) {
      lines.set(at, "changed " + random.nextInt(3));
    } else {
      lines.add(at, "inserted " + random.nextInt(3));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String text(Random random, String name) {
    StringBuilder text = new StringBuilder();
    int lines = 5 + random.nextInt(10);
    for (int i = 0; i < lines; i++) {
      text.append(name).append(' ').append(i).append('\n');
    }
    return text.toString();
  }
}
