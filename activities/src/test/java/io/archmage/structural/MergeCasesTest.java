package io.archmage.structural;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.MergeRules;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Three-way cases with known answers: {@code expected} is the file, or says that it conflicts. */
class MergeCasesTest {

  /** Languages without a grammar here: a conflict is then the right answer. */
  private static final Set<String> LEFT_TO_A_PERSON = Set.of("own-md-sections");

  private final StructuralMerge checks = new StructuralMerge(null);
  private final StructuralMerge smart = new StructuralMerge(MergeRules.DEFAULT);

  private record Case(
      String name, String path, boolean clean, byte[] base, byte[] left, byte[] right,
      byte[] expected) {

    static Case read(Path folder) {
      try (Stream<Path> files = Files.list(folder)) {
        String extension =
            files.map(file -> file.getFileName().toString())
                .filter(file -> file.startsWith("base."))
                .findFirst()
                .orElseThrow()
                .substring("base.".length());
        return new Case(
            folder.getFileName().toString(),
            "file." + extension,
            Files.readString(folder.resolve("meta.json")).contains("\"expect\": \"clean\""),
            Files.readAllBytes(folder.resolve("base." + extension)),
            Files.readAllBytes(folder.resolve("left." + extension)),
            Files.readAllBytes(folder.resolve("right." + extension)),
            Files.readAllBytes(folder.resolve("expected." + extension)));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldMergeOrStop() throws URISyntaxException, IOException {
    Path cases =
        Path.of(Objects.requireNonNull(getClass().getResource("/merge-cases")).toURI());
    try (Stream<Path> folders = Files.list(cases)) {
      return folders.sorted()
          .map(Case::read)
          .toList()
          .stream()
          .map(found -> DynamicTest.dynamicTest(found.name(), () -> shouldAnswer(found)));
    }
  }

  private void shouldAnswer(Case found) {
    Optional<byte[]> text = TextMerge.merge(found.base(), found.left(), found.right());
    Optional<byte[]> merged = merged(found, text);
    if (found.clean() && !LEFT_TO_A_PERSON.contains(found.name())) {
      assertThat(merged.map(MergeCasesTest::text)).contains(text(found.expected()));
    } else {
      assertThat(merged.map(MergeCasesTest::text)).isEmpty();
    }
    if (found.clean()) {
      text.ifPresent(
          content -> assertThat(checked(found, content))
              .isInstanceOf(StructuralResult.Merged.class));
    }
  }

  private StructuralResult checked(Case found, byte[] content) {
    return checks.check(found.path(), found.base(), found.left(), found.right(), content);
  }

  /** As a run merges: by lines, then checked; by declarations where lines conflict. */
  private Optional<byte[]> merged(Case found, Optional<byte[]> text) {
    StructuralResult result =
        text.isPresent()
            ? smart.check(
                found.path(), found.base(), found.left(), found.right(), text.get())
            : smart.merge(found.path(), found.base(), found.left(), found.right());
    return switch (result) {
      case StructuralResult.Merged clean -> Optional.of(clean.content());
      case StructuralResult.Conflict conflict -> {
        assertThat(conflict.clashes()).isNotEmpty();
        yield Optional.empty();
      }
      case StructuralResult.NotApplicable unknown -> text;
    };
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }
}
