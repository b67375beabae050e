package io.archmage.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.PlanProblem;
import io.archmage.plan.document.DocumentSyntax;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of keys in docs/configuration.md says what the readers do, no more and no less. */
class ConfigurationPageTest {

  /** Tests run in the module's directory. */
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  private static final String NAME = "NAME";
  private static final String STRANGE = "qqqqqqqqqqqqqqqqqqqqqq";
  private static final Pattern KNOWN = Pattern.compile("Known keys: (.*)\\.");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** A row of the table. */
  private record Row(String key, List<String> names, boolean later) {

    /** The key of the mapping it is in, empty for the top. */
    String parent() {
      return key.contains(".") ? key.substring(0, key.lastIndexOf('.')) : "";
    }
  }

  @Test
  void shouldListEveryKeyThatIsRead() throws IOException {
    List<Row> rows = rows();
    SortedSet<String> parents = new TreeSet<>();
    rows.forEach(row -> parents.add(row.parent()));
    parents.remove("concurrency.per_familiar_limit");

    for (String parent : parents) {
      SortedSet<String> documented = new TreeSet<>();
      rows.stream()
          .filter(row -> row.parent().equals(parent))
          .forEach(row -> documented.addAll(row.names()));
      if (parent.isEmpty()) {
        documented.add("parallel_execution");
      }
      assertThat(documented)
          .as("keys of \"%s\" in docs/configuration.md", parent)
          .containsExactlyElementsOf(read(parent));
    }
  }

  @Test
  void shouldSayWhichKeysAreNotThereYet() throws IOException {
    for (Row row : rows()) {
      boolean refused =
          problems(nested(row.key(), "[[]]"))
              .stream()
              .anyMatch(problem -> problem.code().equals("unsupported"));
      assertThat(refused).as("\"%s\" is refused", row.key()).isEqualTo(row.later());
    }
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("| `")) {
        String[] cells = line.split(" *\\| *", -1);
        String key = codes(cells[1]).getFirst();
        List<String> names = new ArrayList<>(codes(cells[2]));
        names.add(key.substring(key.lastIndexOf('.') + 1));
        rows.add(new Row(key, names, cells[4].startsWith("Not yet")));
      }
    }
    assertThat(rows).isNotEmpty();
    return rows;
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(match -> match.group(1)).toList();
  }

  /** The keys that the reader of a mapping names when it meets one it does not know. */
  private static SortedSet<String> read(String parent) {
    String key = parent.isEmpty() ? STRANGE : parent + "." + STRANGE;
    for (PlanProblem problem : problems(nested(key, "1"))) {
      Matcher known = KNOWN.matcher(problem.fix());
      if (problem.code().equals("unknown_key") && known.find()) {
        return new TreeSet<>(Arrays.asList(known.group(1).split(", ")));
      }
    }
    throw new AssertionError("nothing is unknown in \"" + parent + "\"");
  }

  private static String nested(String key, String value) {
    StringBuilder text = new StringBuilder();
    String[] names = key.split("\\.");
    for (String name : names) {
      text.append("{\"").append(name.equals(NAME) ? "codex" : name).append("\": ");
    }
    return text.append(value).append("}".repeat(names.length)).toString();
  }

  private static List<PlanProblem> problems(String document) {
    ConfigurationReading reading =
        ConfigurationReader.read(
            document.getBytes(StandardCharsets.UTF_8), DocumentSyntax.YAML);
    return reading instanceof ConfigurationReading.Problems found ? found.problems() : List.of();
  }
}
