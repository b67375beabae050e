package io.archmage.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutableLookupTest {

  @TempDir
  Path base;
  private Path first;
  private Path second;

  @BeforeEach
  void makePath() throws IOException {
    first = Files.createDirectory(base.resolve("first"));
    second = Files.createDirectory(base.resolve("second"));
  }

  private ExecutableLookup find(String name) {
    return ExecutableLookup.find(name, first + ":" + second, base);
  }

  private static Path script(Path directory, String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  @Test
  void shouldFindTheFirstOnThePath() throws IOException {
    Path expected = script(first, "tool", "#!/bin/sh\n");
    script(second, "tool", "#!/bin/sh\n");

    assertThat(find("tool")).isEqualTo(new ExecutableLookup.Found(expected));
  }

  @Test
  void shouldPassOverWhatIsNotExecutable() throws IOException {
    Files.writeString(first.resolve("tool"), "");
    Files.createDirectory(first.resolve("other"));
    Path expected = script(second, "tool", "");

    assertThat(find("tool")).isEqualTo(new ExecutableLookup.Found(expected));
    assertThat(find("other")).isInstanceOf(ExecutableLookup.Missing.class);
  }

  @Test
  void shouldSayWhatIsNotExecutable() throws IOException {
    Path file = Files.writeString(second.resolve("tool"), "");

    assertThat(find("tool"))
        .isInstanceOfSatisfying(
            ExecutableLookup.NotExecutable.class,
            refused -> {
              assertThat(refused.path()).isEqualTo(file);
              assertThat(refused.message()).contains("chmod +x " + file);
            });
  }

  @Test
  void shouldTakeNamesWithSlashRelativeToTheBase() throws IOException {
    Path expected = script(second, "tool", "");

    assertThat(find("second/tool")).isEqualTo(new ExecutableLookup.Found(expected));
    assertThat(find("./second/../second/tool")).isEqualTo(new ExecutableLookup.Found(expected));
    assertThat(find("./tool")).isInstanceOf(ExecutableLookup.Missing.class);
    assertThat(find("./second")).isInstanceOf(ExecutableLookup.NotExecutable.class);
  }

  @Test
  void shouldTakeRelativePathElementsRelativeToTheBase() throws IOException {
    Path expected = script(second, "tool", "");
    Path here = script(base, "here", "");

    assertThat(ExecutableLookup.find("tool", "second", base))
        .isEqualTo(new ExecutableLookup.Found(expected));
    assertThat(ExecutableLookup.find("here", "/nowhere:", base))
        .isEqualTo(new ExecutableLookup.Found(here));
  }

  @Test
  void shouldNameAMissingInterpreter() throws IOException {
    script(first, "tool", "#! /no/such/python3 -u\n");

    assertThat(find("tool"))
        .isInstanceOfSatisfying(
            ExecutableLookup.Missing.class,
            missing -> assertThat(missing.message()).contains("/no/such/python3", "line 1"));
  }

  @Test
  void shouldUseTheStandardPathWithoutAny() {
    assertThat(ExecutableLookup.find("env", null, base))
        .isInstanceOf(ExecutableLookup.Found.class);
    assertThat(ExecutableLookup.find("", null, base)).isInstanceOf(ExecutableLookup.Missing.class);
    assertThat(ExecutableLookup.find("a\0b", null, base))
        .isInstanceOf(ExecutableLookup.Missing.class);
  }
}
