package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.familiar.AttemptOutput.Part;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogPrinterTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Console console =
      new Console(
          InputStream.nullInputStream(),
          new PrintWriter(out, true, StandardCharsets.UTF_8),
          new PrintWriter(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
          Map.of(),
          Path.of("/"),
          Screen.NONE,
          out);

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void shouldMakeEverythingHarmlessLineByLine() throws Exception {
    LogPrinter printer = new LogPrinter(console, false, false);
    byte[] umlaut = bytes("ü");

    printer.print(Part.STDOUT, bytes("\u001b[32mgreen\u001b[0m\u001b]0;title\u0007\r\n"));
    printer.print(Part.STDOUT, bytes(" 10%\r 20%\r\nnext "));
    printer.print(Part.STDOUT, new byte[] {umlaut[0]});
    assertThat(printed()).isEqualTo("green\\e]0;title\\u0007\n 10%\n 20%\n");
    printer.print(Part.STDOUT, new byte[] {umlaut[1], (byte) 0xff, 0});
    printer.end();

    assertThat(printed())
        .isEqualTo("green\\e]0;title\\u0007\n 10%\n 20%\nnext ü\ufffd\\u0000\n");
  }

  @Test
  void shouldTellTheStreamsApart() throws Exception {
    LogPrinter printer = new LogPrinter(console, false, true);

    printer.print(Part.STDOUT, bytes("one\nbegun "));
    printer.print(Part.STDERR, bytes("oh\n"));
    printer.print(Part.STDOUT, bytes("done\n"));
    printer.end();

    assertThat(printed())
        .isEqualTo(
            "one\n--- standard error ---\noh\n--- standard output ---\nbegun done\n");
  }

  @Test
  void shouldLeaveRawBytesAlone() throws Exception {
    LogPrinter printer = new LogPrinter(console, true, true);
    byte[] all = {27, '[', '2', 'J', (byte) 0xff, 0, '\r', '\n', 'x'};

    printer.print(Part.STDOUT, all);
    printer.end();

    assertThat(out.toByteArray()).isEqualTo(all);
  }

  @Test
  void shouldShowLinesWithoutEndInPieces() throws Exception {
    LogPrinter printer = new LogPrinter(console, false, false);

    printer.print(Part.STDOUT, bytes("x".repeat(70_000)));

    assertThat(printed()).hasSize(65_537);
  }
}
