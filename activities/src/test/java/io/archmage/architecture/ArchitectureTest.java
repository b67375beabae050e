package io.archmage.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

  /** Each may use those before it, never one after it. */
  private static final List<String> LAYERS =
      List.of("fault", "disk", "process", "git", "config", "project", "history", "share",
          "prepare",
          "workspace",
          "structural",
          "merge",
          "familiar",
          "notify", "host");

  private final JavaClasses production = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("io.archmage");

  @TestFactory
  Stream<DynamicTest> shouldUseOnlyEarlierPackages() {
    return IntStream.range(0, LAYERS.size() - 1)
        .mapToObj(layer -> DynamicTest.dynamicTest(LAYERS.get(layer),
            () -> laterThan(layer).check(production)));
  }

  @Test
  void shouldKnowThePlaceOfEveryPackage() {
    var own = production.stream()
        .filter(found -> found.getSource().orElseThrow().getUri().getPath() != null)
        .filter(found -> found.getSource()
            .orElseThrow()
            .getUri()
            .getPath()
            .contains("/activities/target/classes/"))
        .map(found -> found.getPackageName().split("\\.", -1)[2])
        .distinct();
    assertThat(own).isNotEmpty().isSubsetOf(LAYERS);
  }

  @Test
  void shouldDeclareNullnessInEveryPackage() {
    assertThat(production).extracting(JavaClass::getPackage)
        .allSatisfy(
            found -> assertThat(found.isAnnotatedWith(NullMarked.class))
                .as("%s has a package-info with @NullMarked", found.getName())
                .isTrue());
  }

  @Test
  void shouldNotUseTheWorkflowsThemselves() {
    noClasses().that()
        .resideOutsideOfPackage("io.archmage.durable..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.archmage.durable..")
        .because("an activity meets a workflow only in io.archmage.contract")
        .check(production);
  }

  private static ArchRule laterThan(int layer) {
    var later = LAYERS.stream().skip(layer + 1L).map(name -> "io.archmage." + name + "..");
    return noClasses().that()
        .resideInAPackage("io.archmage." + LAYERS.get(layer) + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(later.toArray(String[]::new))
        .because("packages see only those before them")
        .allowEmptyShould(true);
  }
}
