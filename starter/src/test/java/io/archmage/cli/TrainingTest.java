package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.settings.StateDirectory;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that the launcher trains the JVM with must do their work, or they teach nothing. */
class TrainingTest {

  @TempDir
  private Path folder;

  @Test
  void shouldRunTheUsualCommands() throws Exception {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            Map.of(StateDirectory.VARIABLE, folder.resolve("state").toString()),
            folder,
            Screen.NONE,
            OutputStream.nullOutputStream());

    assertThat(Training.run(console, folder.resolve("repository"))).isZero();

    assertThat(out.toString())
        .contains("Begin with 'archmage demo'", "no problems", "completed", "ended");
    assertThat(err.toString()).isEmpty();
  }
}
