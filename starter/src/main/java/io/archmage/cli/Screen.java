package io.archmage.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the standard streams go.
 *
 * @param inTerminal whether a person can type
 * @param outTerminal whether standard output is a terminal
 * @param errTerminal whether standard error is a terminal that can be repainted
 * @param colour whether colours are wanted where there is a terminal
 * @param width columns of the terminal now; {@value #DEFAULT_WIDTH} if there is none
 */
public record Screen(
    boolean inTerminal,
    boolean outTerminal,
    boolean errTerminal,
    boolean colour,
    IntSupplier width) {

  /** Columns where nothing says how many there are. */
  public static final int DEFAULT_WIDTH = 100;

  private static final int MIN_WIDTH = 40;
  private static final Pattern SIZE = Pattern.compile("[0-9]{1,5} ([0-9]{1,5})");

  /** No terminal at all. */
  public static final Screen NONE = new Screen(false, false, false, false, () -> DEFAULT_WIDTH);

  /** Asks {@code test -t} and {@code stty}, which POSIX has everywhere. */
  static Screen ofProcess(Map<String, String> environment) {
    int terminals =
        exitCode("r=0; for i in 0 1 2; do [ -t $i ] && r=$((r + (1 << i))); done; exit $r");
    String term = environment.getOrDefault("TERM", "");
    boolean capable = !term.isEmpty() && !term.equals("dumb");
    boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Screen(
        (terminals & 1) != 0,
        (terminals & 2) != 0,
        (terminals & 4) != 0 && capable,
        capable && !noColour,
        Screen::columns);
  }

  /** 0 also where there is no shell: then nothing is a terminal. */
  private static int exitCode(String script) {
    try {
      Process shell = new ProcessBuilder("/bin/sh", "-c", script).inheritIO().start();
      return shell.waitFor();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static int columns() {
    try {
      Process stty =
          new ProcessBuilder("/bin/sh", "-c", "stty size <&2 2>/dev/null")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String answer =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      stty.waitFor();
      Matcher size = SIZE.matcher(answer);
      int columns = size.matches() ? Integer.parseInt(size.group(1)) : 0;
      return columns == 0 ? DEFAULT_WIDTH : Math.max(MIN_WIDTH, columns);
    } catch (IOException e) {
      return DEFAULT_WIDTH;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DEFAULT_WIDTH;
    }
  }
}
