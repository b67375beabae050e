package io.archmage.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.archmage.architecture.fixtures.ClockOrChance;
import io.archmage.architecture.fixtures.Engine;
import io.archmage.architecture.fixtures.Harmless;
import io.archmage.architecture.fixtures.OutsideWorld;
import io.archmage.architecture.fixtures.Unordered;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DeterminismTest {
  private static final String FIXTURES = "io.archmage.architecture.fixtures..";
  private static final String[] PURE =
      {
        "io.archmage.plan..", "io.archmage.graph..", "io.archmage.schedule..",
        "io.archmage.preview.."
      };
  private static final String[] REPLAYED = {
    "io.archmage.plan..", "io.archmage.graph..", "io.archmage.schedule..",
    "io.archmage.preview..", "io.archmage.durable.."
  };
  private static final String[] ORDERED = {
    "io.archmage.graph..", "io.archmage.schedule..", "io.archmage.preview..",
    "io.archmage.durable.."
  };

  private final JavaClasses production = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("io.archmage");

  @Test
  void shouldKeepTheEngineOutOfTheCore() {
    Determinism.noEngine(PURE).check(production);
  }

  @Test
  void shouldNotReachOutside() {
    Determinism.noOutsideWorld(REPLAYED).check(production);
  }

  @Test
  void shouldReadNeitherClockNorChance() {
    Determinism.noClockOrChance(REPLAYED).check(production);
  }

  @Test
  void shouldIterateInAFixedOrder() {
    Determinism.noUnorderedCollection(ORDERED).check(production);
  }

  @TestFactory
  Stream<DynamicTest> shouldFindEveryOffence() {
    return Stream.of(
        offences(Engine.class, Determinism.noEngine(FIXTURES)),
        offences(OutsideWorld.class, Determinism.noOutsideWorld(FIXTURES)),
        offences(ClockOrChance.class, Determinism.noClockOrChance(FIXTURES)),
        offences(Unordered.class, Determinism.noUnorderedCollection(FIXTURES)))
        .flatMap(tests -> tests);
  }

  @Test
  void shouldAllowWhatIsHarmless() {
    var harmless = new ClassFileImporter().importClasses(Harmless.class);
    assertThat(
        List.of(
            Determinism.noEngine(FIXTURES),
            Determinism.noOutsideWorld(FIXTURES),
            Determinism.noClockOrChance(FIXTURES),
            Determinism.noUnorderedCollection(FIXTURES)))
        .allSatisfy(rule -> rule.check(harmless));
  }

  private static Stream<DynamicTest> offences(Class<?> fixture, ArchRule rule) {
    return Stream.of(fixture.getDeclaredClasses())
        .map(offence -> DynamicTest.dynamicTest(
            fixture.getSimpleName() + "." + offence.getSimpleName(),
            () -> assertThat(
                rule.evaluate(new ClassFileImporter().importClasses(offence)).hasViolation())
                .isTrue()));
  }
}
