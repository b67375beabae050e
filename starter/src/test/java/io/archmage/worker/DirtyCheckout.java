package io.archmage.worker;

import io.archmage.disk.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A checkout in the middle of somebody's work: stashed, staged, edited, untracked and ignored files,
 * and settings.
 */
final class DirtyCheckout {

  private final TestProject project;
  private final Map<String, String> before;

  private DirtyCheckout(TestProject project, Map<String, String> before) {
    this.project = project;
    this.before = before;
  }

  /** Leaves the project's checkout like that. */
  static DirtyCheckout make(TestProject project) throws IOException, InterruptedException {
    project.write("src/app.txt", "one\nstashed\nthree\n");
    project.git("stash");
    project.write("staged.txt", "staged\n");
    project.git("add", "staged.txt");
    project.write("src/app.txt", "one\nedited\nthree\n");
    project.write("untracked/notes.txt", "mine\n");
    project.write(".gitignore", "ignored/\n");
    project.write("ignored/secret.txt", "mine too\n");
    project.git("config", "user.signingkey", "none");
    return new DirtyCheckout(project, contents(project.repository()));
  }

  /** Digests by name of all files as they were, index, stash and settings of git included. */
  Map<String, String> before() {
    return before;
  }

  /** The same as they are now. */
  Map<String, String> now() throws IOException {
    return contents(project.repository());
  }

  private static Map<String, String> contents(Path repository) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(repository)) {
      for (Path path : all.toList()) {
        String name = repository.relativize(path).toString();
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && !isAdded(name)) {
          contents.put(name, Sha256.of(path));
        }
      }
    }
    return contents;
  }

  /** What runs may add to the repository. */
  private static boolean isAdded(String name) {
    return name.startsWith(".git/objects/")
        || name.startsWith(".git/refs/archmage/")
        || name.startsWith(".git/refs/heads/archmage/")
        || name.startsWith(".git/logs/refs/heads/archmage/");
  }
}
