package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/plan.md are what the commands print; -Ddocs.write=true writes them anew. */
class PlanPageTest {

  /** Tests run in the module's directory. */
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Path PAGE = ROOT.resolve("docs/plan.md");

  private static final Pattern EXAMPLE =
      Pattern.compile("```text\n\\$ archmage (.*)\n(?s:.*?)```\n");

  @TempDir
  private Path directory;

  @Test
  void shouldShowWhatTheCommandsPrint() throws IOException {
    Path repository = DemoProject.in(directory.resolve("demo")).directory();
    String page = Files.readString(PAGE);
    Matcher examples = EXAMPLE.matcher(page);

    String printed =
        examples.replaceAll(
            example -> Matcher.quoteReplacement(executed(example, repository)));

    assertThat(EXAMPLE.matcher(page).results()).hasSize(5);
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, printed);
    }
    assertThat(PAGE).hasContent(printed);
  }

  private static String executed(MatchResult example, Path repository) {
    String[] arguments =
        example.group(1).replace("examples/", ROOT.resolve("examples") + "/").split(" ");
    CommandLineRun run = CommandLineRun.of(repository, new LocalEngine(), "", arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    return "```text\n$ archmage " + example.group(1) + "\n" + run.out() + "```\n";
  }
}
