package io.archmage.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTailTest {

  @TempDir
  Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("out");
  }

  @Test
  void shouldReadHeadAndTail() throws IOException {
    Files.writeString(file, "0123456789");

    assertThat(OutputTail.head(file, 3)).isEqualTo(new OutputTail("012", 0, 3, 10, true));
    assertThat(OutputTail.tail(file, 3)).isEqualTo(new OutputTail("789", 7, 10, 10, true));
    assertThat(OutputTail.tail(file, 10)).isEqualTo(new OutputTail("0123456789", 0, 10, 10, false));
  }

  @Test
  void shouldTakeAMissingFileAsEmpty() throws IOException {
    assertThat(OutputTail.tail(file, 3)).isEqualTo(new OutputTail("", 0, 0, 0, false));
  }

  @Test
  void shouldNotCutCharacters() throws IOException {
    String text = "aé€😀b";
    Files.writeString(file, text);
    int size = text.getBytes(StandardCharsets.UTF_8).length;

    for (int max = 0; max <= size; max++) {
      assertThat(text).startsWith(OutputTail.head(file, max).text());
      assertThat(text).endsWith(OutputTail.tail(file, max).text());
    }
  }

  @Test
  void shouldReplaceMalformedBytes() throws IOException {
    Files.write(file, new byte[] {'a', (byte) 0xFF, 'b', (byte) 0xC3});

    assertThat(OutputTail.tail(file, 10).text()).isEqualTo("a\uFFFDb\uFFFD");
  }

  @Test
  void shouldFollowAGrowingFileThroughACharacterWrittenInTwo() throws IOException {
    byte[] euro = "x€y".getBytes(StandardCharsets.UTF_8);
    Files.write(file, Arrays.copyOf(euro, 2));

    OutputTail first = OutputTail.from(file, 0, 100);
    Files.write(file, Arrays.copyOfRange(euro, 2, 5), StandardOpenOption.APPEND);
    OutputTail second = OutputTail.from(file, first.nextOffset(), 100);

    assertThat(first.text()).isEqualTo("x");
    assertThat(second.text()).isEqualTo("€y");
    assertThat(second.nextOffset()).isEqualTo(5);
  }
}
