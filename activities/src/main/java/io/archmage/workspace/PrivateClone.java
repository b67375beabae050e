package io.archmage.workspace;

import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Config;

/**
 * Writes the {@code .git} a familiar works with: no remotes, no hooks, objects borrowed from the
 * user's repository. Archmage only ever writes it and deletes it.
 */
final class PrivateClone {
  private static final Pattern COPIED =
      Pattern.compile(
          "core\\.(autocrlf|eol|filemode|symlinks|ignorecase|precomposeunicode)"
              + "|user\\.(name|email)"
              + "|filter\\..+\\.(clean|smudge|process|required)");

  private PrivateClone() {}

  /** Makes it anew, without an index, and returns it. */
  static Path write(
      GitRepository repository, Path files, WorkspaceSettings settings, CommitId base)
      throws IOException {
    String branch = settings.branch();
    Path git = files.resolve(".git");
    TreeRemover.remove(git);
    Files.createDirectories(git.resolve("objects/info"));
    Files.createDirectories(git.resolve("objects/pack"));
    Files.createDirectories(git.resolve("refs/tags"));
    Files.createDirectories(git.resolve("info"));
    Path ref = git.resolve("refs/heads").resolve(branch);
    Files.createDirectories(ref.getParent());
    Files.writeString(ref, base + "\n");
    Files.writeString(git.resolve("HEAD"), "ref: refs/heads/" + branch + "\n");
    Files.writeString(
        git.resolve("objects/info/alternates"), quote(repository.objectsDirectory()) + "\n");
    Files.writeString(git.resolve("config"), config(repository).toText());
    for (String name : List.of("shallow", "info/exclude", "info/attributes")) {
      Path source = repository.commonDirectory().resolve(name);
      if (Files.isRegularFile(source)) {
        Files.copy(source, git.resolve(name));
      }
    }
    if (!settings.copies().isEmpty()) {
      Files.write(
          git.resolve("info/exclude"),
          settings.copies().stream().map(PrivateClone::pattern).toList(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    return git;
  }

  /** Gives it a copy of the index that its files were written by. */
  static void giveIndex(Path git, Path index) throws IOException {
    // With its time: git compares a file's time with the index's to see what it must read again.
    Files.copy(
        index,
        git.resolve("index"),
        StandardCopyOption.COPY_ATTRIBUTES,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static String pattern(String file) {
    return "/" + file.replaceAll("([\\\\*?\\[ ])", "\\\\$1");
  }

  private static Config config(GitRepository repository) {
    Config config = new Config();
    config.setInt("core", null, "repositoryformatversion", 0);
    config.setBoolean("core", null, "bare", false);
    config.setBoolean("core", null, "logallrefupdates", true);
    config.setInt("gc", null, "auto", 0);
    for (Map.Entry<String, List<String>> entry : repository.config().entrySet()) {
      if (COPIED.matcher(entry.getKey()).matches()) {
        String key = entry.getKey();
        int first = key.indexOf('.');
        int last = key.lastIndexOf('.');
        String middle = first == last ? null : key.substring(first + 1, last);
        config.setString(
            key.substring(0, first), middle, key.substring(last + 1), entry.getValue().getLast());
      }
    }
    return config;
  }

  /** Quotes a path for {@code alternates}, where a line break would start another entry. */
  private static String quote(Path path) {
    String text = path.toString();
    if (text.chars().noneMatch(c -> c < ' ' || c == '"' || c == 0x7f)) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b < ' ' || b == '"' || b == '\\' || b == 0x7f) {
        quoted.append("\\%03o".formatted(b & 0xff));
      } else {
        quoted.append((char) b);
      }
    }
    return quoted.append('"').toString();
  }
}
