package io.archmage.plan.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.archmage.plan.PlanProblem;
import io.archmage.plan.Position;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DocumentReaderTest {

  @Test
  void shouldReadJsonWithCommentsAndPositions() {
    Mapping root = parsed("{ // note\n  /* é */ \"a\": [1, -2.5e3, true, null, \"x\\u00e9😀\"]}");

    assertThat(root.entries().getFirst().keyPosition()).isEqualTo(new Position(2, 11));
    Sequence items = (Sequence) root.entries().getFirst().value();
    assertThat(items.items())
        .containsExactly(
            new Scalar(ScalarType.INTEGER, "1", new Position(2, 17)),
            new Scalar(ScalarType.DECIMAL, "-2.5e3", new Position(2, 20)),
            new Scalar(ScalarType.BOOLEAN, "true", new Position(2, 28)),
            new Scalar(ScalarType.NULL, "", new Position(2, 34)),
            new Scalar(ScalarType.STRING, "xé😀", new Position(2, 40)));
  }

  @Test
  void shouldReadYamlWithPositions() {
    Mapping root =
        parsed("# note\nname: Grüße\ntasks:\n  - id: a 😀 # x\n    text: |\n      two\n");

    assertThat(root.entries()).extracting(Mapping.Entry::key).containsExactly("name", "tasks");
    Mapping task = (Mapping) ((Sequence) root.entries().get(1).value()).items().getFirst();
    assertThat(task.position()).isEqualTo(new Position(4, 5));
    assertThat(task.entries().getFirst().value())
        .isEqualTo(new Scalar(ScalarType.STRING, "a 😀", new Position(4, 9)));
    assertThat(((Scalar) task.entries().get(1).value()).text()).isEqualTo("two\n");
  }

  @ParameterizedTest
  @CsvSource({
    "yes, STRING", "True, BOOLEAN", "null, NULL", "~, NULL", "'', NULL", "0x1F, INTEGER",
    "0o17, INTEGER", "+12, INTEGER", "1e3, DECIMAL", ".inf, DECIMAL", "'''12''', STRING",
    "!!str 12, STRING", "1_000, STRING", "12:30, STRING", "2026-01-01, STRING", "!!float 1, DECIMAL"
  })
  void shouldUseTheCoreSchema(String text, ScalarType type) {
    Node value = parsed("key: " + text).entries().getFirst().value();

    assertThat(((Scalar) value).type()).isEqualTo(type);
  }

  @Test
  void shouldReadWholeNumbersOfEveryBase() {
    assertThat(integer("0x1F")).isEqualTo("31");
    assertThat(integer("0o17")).isEqualTo("15");
    assertThat(integer("+12")).isEqualTo("12");
    assertThat(integer("-7")).isEqualTo("-7");
  }

  @Test
  void shouldExpandAliases() {
    Mapping root = parsed("a: &x [1, 2]\nb: *x\nc: [*x, *x]");

    assertThat(root.entries().get(1).value()).isEqualTo(root.entries().get(0).value());
  }

  @Test
  void shouldStopAliasesThatGrowWithoutBound() {
    String bomb =
        IntStream.range(1, 12)
            .mapToObj(
                i -> "a%d: &a%d [%s]"
                    .formatted(i, i, String.join(", ", "*a" + (i - 1), ("*a" + (i - 1)))))
            .collect(Collectors.joining("\n", "a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n", "\n"));

    assertThat(parsed(bomb).entries()).hasSize(12);
    String wide = bomb.replaceAll("\\[(\\*a\\d+), .*\\]", "[$1,$1,$1,$1,$1,$1,$1,$1,$1]");
    assertThat(problem(wide).code()).isEqualTo("invalid_alias");
    assertThat(problem("a: &a [*a]").message()).contains("inside its own anchor");
  }

  @Test
  void shouldAcceptAByteOrderMarkAndRefuseOtherEncodings() {
    byte[] marked = "\uFEFF{\"a\": 1}".getBytes(StandardCharsets.UTF_8);

    assertThat(DocumentReader.read(marked, DocumentSyntax.UNKNOWN))
        .isInstanceOf(DocumentReading.Parsed.class);
    byte[] utf16 = "{\"a\": 1}".getBytes(StandardCharsets.UTF_16);
    assertThat(((DocumentReading.Unreadable) DocumentReader.read(utf16, DocumentSyntax.JSON))
        .problems())
        .extracting(PlanProblem::code)
        .containsExactly("invalid_encoding");
    byte[] cut = {'a', ':', ' ', (byte) 0xC3};
    assertThat(((DocumentReading.Unreadable) DocumentReader.read(cut, DocumentSyntax.YAML))
        .problems())
        .extracting(PlanProblem::line, PlanProblem::column)
        .containsExactly(tuple(1, 4));
  }

  @Test
  void shouldRefuseDocumentsThatAreTooLarge() {
    String large = "a: " + "x".repeat(DocumentReader.MAX_SIZE);

    assertThat(problem(large).code()).isEqualTo("too_large");
    assertThat(
        ((DocumentReading.Unreadable) DocumentReader.read(
            new byte[DocumentReader.MAX_SIZE + 1], DocumentSyntax.UNKNOWN))
            .problems()
            .getFirst()
            .code())
        .isEqualTo("too_large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "- ", "a: [", "? "})
  void shouldRefuseDeepNestingInAnySyntax(String open) {
    assertThat(problem(open.repeat(200_000)).code())
        .isIn("nested_too_deeply", "invalid_yaml", "not_a_mapping");
  }

  @ParameterizedTest
  @CsvSource({"plan.json, JSON", "plan.YML, YAML", "plan.yaml, YAML", "plan, UNKNOWN"})
  void shouldTellTheSyntaxFromAName(String name, DocumentSyntax syntax) {
    assertThat(DocumentSyntax.ofFileName(name)).isEqualTo(syntax);
  }

  @Test
  void shouldReadFlowYamlInAYamlFile() {
    assertThat(DocumentReader.read("{a: [b, c,]}", DocumentSyntax.YAML))
        .isInstanceOf(DocumentReading.Parsed.class);
    assertThat(problem("{a: 1}").code()).isEqualTo("invalid_json");
  }

  @Test
  void shouldCountLinesOfEveryEnding() {
    assertThat(problem("{\"a\": 1,\r\n\"b\": 2,\r\"a\": 3}").message())
        .isEqualTo("key \"a\" is already in line 1");
    assertThat(problem("{\"a\": 1,\r\n\"b\": 2,\r\"a\": 3}").line()).isEqualTo(3);
  }

  private static String integer(String text) {
    Scalar scalar = (Scalar) parsed("key: " + text).entries().getFirst().value();
    return scalar.integer().orElseThrow().toString();
  }

  private static Mapping parsed(String text) {
    DocumentReading reading = DocumentReader.read(text, DocumentSyntax.UNKNOWN);
    assertThat(reading).isInstanceOf(DocumentReading.Parsed.class);
    return ((DocumentReading.Parsed) reading).root();
  }

  private static PlanProblem problem(String text) {
    DocumentReading reading = DocumentReader.read(text, DocumentSyntax.UNKNOWN);
    assertThat(reading).isInstanceOf(DocumentReading.Unreadable.class);
    return ((DocumentReading.Unreadable) reading).problems().getFirst();
  }
}
