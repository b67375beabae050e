package io.archmage.cli;

import io.archmage.git.GitRepository;
import io.archmage.git.GitResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The difference between two commits.
 *
 * @param repository where they are
 * @param from the older one, any name that git knows
 * @param to the newer one
 */
record GitDiff(GitRepository repository, String from, String to) {

  /**
   * Shows it as {@code git diff} does: with the user's pager and colours on a terminal, else as
   * plain bytes.
   *
   * @param stat whether only lines are counted
   * @throws CommandFailure if git fails
   */
  void show(Console console, boolean stat) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("git", "--git-dir", repository.gitDirectory().toString(), "diff"));
    if (stat) {
      command.add("--stat");
    }
    command.addAll(List.of(from, to, "--"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
    builder.directory(repository.gitDirectory().toFile());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    console.out().flush();
    int code = console.screen().outTerminal() ? withPager(builder) : plain(builder, console);
    if (code != 0) {
      throw CommandFailure.environment("git diff ended with exit code " + code + ".");
    }
  }

  /** Ctrl-C ends this process, but not before the pager, which the terminal belongs to. */
  private static int withPager(ProcessBuilder builder) throws IOException, InterruptedException {
    Process git = builder.inheritIO().start();
    Thread hook = new Thread(() -> git.onExit().join(), "archmage-pager");
    Runtime.getRuntime().addShutdownHook(hook);
    int code = git.waitFor();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal came just now.
    }
    return code;
  }

  private static int plain(ProcessBuilder builder, Console console)
      throws IOException, InterruptedException {
    Process git = builder.start();
    git.getOutputStream().close();
    git.getInputStream().transferTo(console.bytes());
    console.bytes().flush();
    return git.waitFor();
  }

  /** The changed files with what happened to each: added, deleted, modified or type_changed. */
  List<Map<String, String>> files() {
    GitResult result =
        repository
            .git()
            .run("diff", "--name-status", "--no-renames", "-z", from, to, "--")
            .orThrow();
    List<byte[]> fields = result.fields();
    List<Map<String, String>> files = new ArrayList<>();
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      Map<String, String> file = new LinkedHashMap<>();
      file.put("path", new String(fields.get(i + 1), StandardCharsets.UTF_8));
      file.put("change", word(new String(fields.get(i), StandardCharsets.UTF_8)));
      files.add(file);
    }
    return files;
  }

  /** What programs are told about a difference, or about none. */
  static Map<String, Object> describe(
      String runId, @Nullable String task, Optional<GitDiff> diff) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("run_id", runId);
    answer.put("task", task);
    answer.put("from", diff.map(GitDiff::from).orElse(null));
    answer.put("to", diff.map(GitDiff::to).orElse(null));
    answer.put("files", diff.map(GitDiff::files).orElse(List.of()));
    return answer;
  }

  private static String word(String status) {
    return switch (status) {
      case "A" -> "added";
      case "D" -> "deleted";
      case "T" -> "type_changed";
      default -> "modified";
    };
  }
}
