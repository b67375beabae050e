package io.archmage.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the patterns with what the installed git makes of them. */
class OutputPatternGitTest {

  private static final List<String> FILES =
      List.of(
          "a", "ab.ts", "b/a.ts", "b/c/a.ts", "b/c/d/a.ts", "b/c/x[1].ts", "b/x1.ts", "x/]y",
          "docs/a-b.md", "docs/Z.md", "docs/9", "b/c.ts/d", "b/.hidden", "x/a b.ts");

  private static final List<String> PATTERNS =
      List.of(
          "*", "*.ts", "**", "**/*.ts", "**/a.ts", "b/**", "b/**/a.ts", "b/*/a.ts", "b/?/a.ts",
          "b/c/x[1].ts", "b/x[0-9].ts", "b/x[!0-9].ts", "b/x[^2].ts", "x/[]]y", "x/[!]]y",
          "docs/[[:upper:]].md", "docs/[[:alpha:]]*", "docs/[[:digit:]]", "docs/[a-]-b.md", "b**",
          "b/**c/a.ts", "**/c/**", "*/*", "b/", "b/c", "***", "b/***/a.ts", "docs/[z-a].md",
          "docs/[[:nope:]]", "x/[");

  /** Git's manual calls these invalid; ours may match more. */
  private static final List<String> INVALID = List.of("b**", "b/**c/a.ts");

  @Test
  void shouldMatchWhatGitMatches(@TempDir Path repository) throws Exception {
    for (String file : FILES) {
      Path path = repository.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "x");
    }
    git(repository, "init", "-q");
    git(repository, "add", "-A");
    for (String text : PATTERNS) {
      OutputPattern pattern =
          OutputPattern.of(text, path -> Files.isDirectory(repository.resolve(path)));
      List<String> matched = FILES.stream().filter(pattern::matches).sorted().toList();
      List<String> listed =
          git(repository, "ls-files", "-z", "--", ":(glob)" + text).stream().sorted().toList();
      if (INVALID.contains(text)) {
        assertThat(matched).as(text).containsAll(listed);
      } else {
        assertThat(matched).as(text).isEqualTo(listed);
      }
    }
  }

  private static List<String> git(Path directory, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return Stream.of(output.split("\0")).filter(name -> !name.isEmpty()).toList();
  }
}
