package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.sun.management.ThreadMXBean;
import io.archmage.contract.AttemptFailure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** docs/bad-inputs.md says what the commands print; -Ddocs.write=true writes it anew. */
@Timeout(120)
class BadInputsPageTest {

  private static final Path PAGE = BadInputKit.ROOT.resolve("docs/bad-inputs.md");
  private static final Pattern TABLE =
      Pattern.compile("(<!-- (plans|configurations|surroundings) -->\n)(?:\\|.*\n)*");
  private static final Pattern ROW =
      Pattern.compile("\\| ([^|]*) \\| ([^|]*) \\|(?: `?(.*?)`? \\|)? `?(\\w+)#(\\w+)`? \\|");
  private static final String HEAD =
      "| input | gets | printed first | held by |\n| --- | --- | --- | --- |\n";

  /** Which names a suggestion lists depends on the configuration. */
  private static final Pattern KNOWN = Pattern.compile("Known: .*");

  /** All that reading a plan of 10 MB allocates, garbage included. */
  private static final long MAX_ALLOCATED = 1_000_000_000L;

  @TempDir
  private static Path directory;
  private static BadInputKit kit;

  @BeforeAll
  static void makeRepository() throws IOException {
    kit = new BadInputKit(directory);
  }

  @Test
  void shouldShowWhatTheCommandsPrint() throws IOException {
    BadInputsPage rows = new BadInputsPage(kit);
    String page = Files.readString(PAGE);

    String printed =
        TABLE.matcher(page).replaceAll(table -> {
          String text = table.group(1) + HEAD + table(rows, table.group(2));
          return Matcher.quoteReplacement(text);
        });

    assertThat(TABLE.matcher(page).results()).hasSize(3);
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, printed);
    }
    assertThat(PAGE)
        .as("to write it anew: mvn -Ddocs.write=true -Dtest=BadInputsPageTest test")
        .hasContent(printed);
  }

  @TestFactory
  Stream<DynamicTest> shouldPrintEveryProblemOfAPlan() {
    return BadInputKit.plans()
        .stream()
        .map(
            file -> DynamicTest.dynamicTest(
                file.getFileName().toString(),
                () -> compare(file, kit.validate(kit.take(file)))));
  }

  @TestFactory
  Stream<DynamicTest> shouldPrintEveryProblemOfAConfiguration() {
    return BadInputKit.configurations()
        .stream()
        .map(
            file -> DynamicTest.dynamicTest(
                file.getFileName().toString(),
                () -> compare(
                    file, kit.run("validate", "good.yaml", "--config", kit.take(file)))));
  }

  /** What needs a run is held by a test elsewhere, which must know the message. */
  @TestFactory
  Stream<DynamicTest> shouldNameTestsThatExist() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        tests.add(
            DynamicTest.dynamicTest(
                row.group(1), () -> named(row)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(20);
    return tests.stream();
  }

  @Test
  @Timeout(30)
  void shouldReadATenMegabytePlanInBoundedMemory() throws IOException {
    StringBuilder text = new StringBuilder("tasks:\n");
    for (int task = 0; task < 200; task++) {
      text.append("  - {id: t").append(task).append(", familiar: codex, outputs: [f").append(task);
      text.append("], description: ").append("word ".repeat(10_000)).append("}\n");
    }
    assertThat(text.length()).isBetween(10_000_000, 11_000_000);
    kit.write("ten-megabytes.yaml", text.toString());

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    CommandLineRun run = kit.validate("ten-megabytes.yaml");
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(MAX_ALLOCATED);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void shouldShowDescriptionsWithControlsHarmlessly() throws IOException {
    kit.write(
        "controls.json",
        "{\"tasks\": [{\"id\": \"A\", \"familiar\": \"codex\", \"outputs\": [\"a\"],"
            + " \"description\": \"\\u001b[2Jx\\u202e\", \"reason\": \"\\u001b]0;x\\u0007\"}]}");

    for (String format : List.of("text", "json", "mermaid", "ascii", "html")) {
      CommandLineRun run =
          kit.run(
              "plan", "controls.json", "--config", "archmage.yaml", "--format", format);

      assertThat(run.exitCode()).as(format + run.err()).isZero();
      assertThat(run.out()).as(format).isNotEmpty().doesNotContain("\u001b", "\u0007");
    }
  }

  private static String table(BadInputsPage rows, String name) {
    try {
      List<BadInput> table =
          switch (name) {
            case "plans" -> rows.plans();
            case "configurations" -> rows.configurations();
            default -> rows.surroundings();
          };
      return String.join("", table.stream().map(BadInput::row).toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void compare(Path golden, CommandLineRun run) {
    String expected = BadInputKit.expected(golden);
    boolean machine = golden.getFileName().toString().startsWith("no_command");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(machine ? 3 : 2);
    assertThat(KNOWN.matcher(run.err()).replaceAll(""))
        .isEqualTo(KNOWN.matcher(expected).replaceAll(""));
  }

  private static void named(Matcher row) throws IOException {
    String gets = row.group(2);
    String type = row.group(4);
    Path file;
    try (Stream<Path> files = Files.walk(BadInputKit.ROOT)) {
      file =
          files.filter(path -> path.endsWith(type + ".java"))
              .filter(path -> path.toString().contains("/src/test/java/"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no test class " + type));
    }
    String source = Files.readString(file);
    assertThat(source).as(type)
        .containsPattern("(void|Stream<DynamicTest>) " + row.group(5) + "\\(");
    if (!gets.matches("\\d")) {
      assertThat(source).as(type).contains(Objects.requireNonNullElse(row.group(3), ""));
    }
    if (row.group(3) != null && gets.startsWith("`")) {
      String kind = gets.replace("`", "").toUpperCase(Locale.ROOT);
      assertThatNoException().isThrownBy(() -> AttemptFailure.Kind.valueOf(kind));
    }
  }
}
