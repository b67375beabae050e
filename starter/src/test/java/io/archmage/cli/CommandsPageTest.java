package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandsPageTest {

  /** Tests run in the module's directory. */
  private static final Path PAGE = Path.of("..", "docs", "commands.md");

  @Test
  void shouldDescribeEveryCommandAndOption() throws IOException {
    Session session = new Session(Console.ofProcess(), FixedEngine.CONTENT);
    String page = CommandsPage.of(Archmage.commandLine(session, false));
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE)
        .as("docs/commands.md; to write it anew: mvn -Ddocs.write=true -Dtest=CommandsPageTest test")
        .hasContent(page);
  }
}
