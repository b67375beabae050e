package io.archmage.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LayersTest {
  private static final String FIXTURES = "io.archmage.architecture.fixtures.";

  private static final List<String> LAYERS =
      List.of("plan", "graph", "schedule", "contract", "report", "preview", "durable");

  private final JavaClasses production = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("io.archmage");

  @TestFactory
  Stream<DynamicTest> shouldUseOnlyEarlierPackages() {
    var packages = LAYERS.stream()
        .map(name -> "io.archmage." + name + "..")
        .toList();
    return Layers.inOrder(packages)
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(production)));
  }

  @Test
  void shouldFindAUseOfALaterPackage() {
    var fixtures = new ClassFileImporter().importPackages(FIXTURES + "lower", FIXTURES + "upper");
    assertThat(violated(List.of(FIXTURES + "lower", FIXTURES + "upper"), fixtures)).isTrue();
    assertThat(violated(List.of(FIXTURES + "upper", FIXTURES + "lower"), fixtures)).isFalse();
  }

  @Test
  void shouldKnowThePlaceOfEveryPackage() {
    assertThat(production).extracting(found -> found.getPackageName().split("\\.", -1)[2])
        .isSubsetOf(LAYERS);
  }

  @Test
  void shouldDeclareNullnessInEveryPackage() {
    assertThat(production)
        .extracting(type -> type.getPackage())
        .allSatisfy(found -> assertThat(found.isAnnotatedWith(NullMarked.class))
            .as("%s has a package-info with @NullMarked", found.getName())
            .isTrue());
  }

  private static boolean violated(List<String> packages, JavaClasses classes) {
    return Layers.inOrder(packages)
        .map((ArchRule rule) -> rule.evaluate(classes))
        .anyMatch(result -> result.hasViolation());
  }
}
