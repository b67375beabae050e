package io.archmage.familiar;

import io.archmage.config.WorkspaceRules;
import io.archmage.disk.Sha256;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.graph.OutputPattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.treewalk.TreeWalk;

/** What the outcome of the setup command depends on, as one text to compare. */
final class SetupKey {

  /** Files that say which packages a project needs, and where they come from. */
  private static final Set<String> USUAL =
      Set.of(
          "package.json",
          "package-lock.json",
          "npm-shrinkwrap.json",
          "yarn.lock",
          "pnpm-lock.yaml",
          "bun.lock",
          ".npmrc",
          "pom.xml",
          "build.gradle",
          "build.gradle.kts",
          "settings.gradle",
          "settings.gradle.kts",
          "gradle.lockfile",
          "libs.versions.toml",
          "requirements.txt",
          "pyproject.toml",
          "poetry.lock",
          "uv.lock",
          "Pipfile.lock",
          "setup.py",
          "Cargo.toml",
          "Cargo.lock",
          "go.mod",
          "go.sum",
          "Gemfile",
          "Gemfile.lock",
          "composer.json",
          "composer.lock",
          "mix.exs",
          "mix.lock",
          ".tool-versions");

  private final GitRepository repository;
  private final WorkspaceRules rules;

  SetupKey(GitRepository repository, WorkspaceRules rules) {
    this.repository = repository;
    this.rules = rules;
  }

  /**
   * The key at a commit.
   *
   * @param files the workspace, which has the copied files already
   */
  String at(CommitId base, Path files) throws IOException {
    MessageDigest digest = Sha256.begin();
    rules.setup().forEach(word -> add(digest, word.getBytes(StandardCharsets.UTF_8)));
    for (String copy : rules.copies()) {
      add(digest, Files.readAllBytes(files.resolve(copy)));
    }
    List<OutputPattern> patterns =
        rules.setupInputs()
            .stream()
            .map(input -> OutputPattern.of(input, path -> path.endsWith("/")))
            .toList();
    try (TreeWalk walk = new TreeWalk(repository.jgit())) {
      walk.addTree(repository.objects().treeOf(base).objectId());
      walk.setRecursive(true);
      while (walk.next()) {
        if (isInput(walk, patterns)) {
          add(digest, walk.getRawPath());
          add(digest, walk.getObjectId(0).name().getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException e) {
      throw new GitException("cannot read the files of " + base, e);
    }
    return Sha256.end(digest);
  }

  private boolean isInput(TreeWalk walk, List<OutputPattern> patterns) {
    String path = walk.getPathString();
    return rules.setup().stream().anyMatch(word -> word.equals(path) || word.equals("./" + path))
        || (patterns.isEmpty()
            ? USUAL.contains(walk.getNameString())
            : patterns.stream().anyMatch(pattern -> pattern.matches(path)));
  }

  private static void add(MessageDigest digest, byte[] part) {
    digest.update(Integer.toString(part.length).getBytes(StandardCharsets.US_ASCII));
    digest.update((byte) 0);
    digest.update(part);
  }
}
