package io.archmage.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Packages in an order: each may use those before it, never one after it. */
final class Layers {
  private Layers() {}

  /** One rule per package but the last; a package that does not exist (yet) breaks none. */
  static Stream<ArchRule> inOrder(List<String> packages) {
    return IntStream.range(0, packages.size() - 1).mapToObj(layer -> {
      var later = packages.subList(layer + 1, packages.size());
      return noClasses().that()
          .resideInAPackage(packages.get(layer))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later.toArray(String[]::new))
          .because("packages see only those before them")
          .allowEmptyShould(true);
    });
  }
}
