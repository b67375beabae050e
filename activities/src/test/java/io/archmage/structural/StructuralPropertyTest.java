package io.archmage.structural;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.MergeRules;
import io.archmage.structural.StructuralResult.Conflict;
import io.archmage.structural.StructuralResult.Merged;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructuralPropertyTest {

  private static final int CASES = 60;

  private final StructuralMerge merge = new StructuralMerge(MergeRules.DEFAULT);

  @ParameterizedTest
  @ValueSource(strings = {"java", "py", "go", "ts", "rs"})
  void shouldMergeChangesOfDifferentThings(String language) {
    for (long seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      Sketch base = Sketch.random(random);
      Sketch left = base.copy();
      Sketch right = base.copy();
      Map<String, Integer> functions = new LinkedHashMap<>(base.functions());
      var imports = new TreeSet<>(base.imports());
      List<String> names = new ArrayList<>(base.functions().keySet());
      for (String name : names) {
        change(random, random.nextBoolean() ? left : right, name, functions);
      }
      for (String name : base.imports()) {
        if (random.nextInt(4) == 0) {
          (random.nextBoolean() ? left : right).imports().remove(name);
          imports.remove(name);
        }
      }
      add(random, left, "L", functions, imports);
      add(random, right, "R", functions, imports);
      if (random.nextBoolean() && !left.functions().isEmpty()) {
        left.move(left.functions().firstEntry().getKey(), random.nextInt(5));
      }
      shouldMerge(language, seed, base, left, right, functions, imports);
    }
  }

  private static void change(
      Random random, Sketch side, String name, Map<String, Integer> expected) {
    switch (random.nextInt(4)) {
      case 0 -> {
        side.functions().remove(name);
        expected.remove(name);
      }
      case 1 -> {
        int body = 100 + random.nextInt(100);
        side.functions().put(name, body);
        expected.put(name, body);
      }
      default -> {}
    }
  }

  private static void add(
      Random random,
      Sketch side,
      String mark,
      Map<String, Integer> functions,
      TreeSet<String> imports) {
    for (int i = 0; i < random.nextInt(3); i++) {
      side.add("f" + mark + i, random.nextInt(6), 1_000 + i);
      functions.put("f" + mark + i, 1_000 + i);
    }
    if (random.nextBoolean()) {
      side.imports().add("lib" + mark);
      imports.add("lib" + mark);
    }
    if (random.nextInt(3) == 0) {
      side.imports().add("libBoth");
      imports.add("libBoth");
    }
  }

  private void shouldMerge(
      String language,
      long seed,
      Sketch base,
      Sketch left,
      Sketch right,
      Map<String, Integer> functions,
      TreeSet<String> imports) {
    byte[] ofBase = base.write(language);
    byte[] ofLeft = left.write(language);
    byte[] ofRight = right.write(language);
    String path = "file." + language;
    String what = "seed %d%n--- base%n%s--- left%n%s--- right%n%s"
        .formatted(seed, text(ofBase), text(ofLeft), text(ofRight));
    StructuralResult result = merge.merge(path, ofBase, ofLeft, ofRight);
    assertThat(result).as(what).isInstanceOf(Merged.class);
    byte[] content = ((Merged) result).content();
    String with = what + "--- result\n" + text(content);
    assertThat(Sketch.functionsOf(content)).as(with).isEqualTo(functions);
    assertThat(Sketch.importsOf(content)).as(with).containsExactlyElementsOf(imports);
    assertThat(((Merged) merge.merge(path, ofBase, ofLeft, ofRight)).content())
        .as(with)
        .isEqualTo(content);
    assertThat(merge.merge(path, ofBase, ofRight, ofLeft)).as(with).isInstanceOf(Merged.class);
    for (byte[] side : List.of(ofLeft, ofRight)) {
      assertThat(text(((Merged) merge.merge(path, ofBase, side, ofBase)).content()))
          .as(with)
          .isEqualTo(text(side));
      assertThat(text(((Merged) merge.merge(path, ofBase, ofBase, side)).content()))
          .as(with)
          .isEqualTo(text(side));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "py", "go", "ts", "rs"})
  void shouldStopWhereBothChangeOneFunction(String language) {
    for (long seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      Sketch base = Sketch.random(random);
      Sketch left = base.copy();
      Sketch right = base.copy();
      List<String> names = new ArrayList<>(base.functions().keySet());
      String contested = names.get(random.nextInt(names.size()));
      left.functions().put(contested, 500);
      if (random.nextBoolean()) {
        right.functions().put(contested, 600);
      } else {
        right.functions().remove(contested);
      }
      for (List<Sketch> sides : List.of(List.of(left, right), List.of(right, left))) {
        StructuralResult result =
            merge.merge(
                "file." + language,
                base.write(language),
                sides.get(0).write(language),
                sides.get(1).write(language));
        assertThat(result).as("seed %d", seed).isInstanceOf(Conflict.class);
        assertThat(((Conflict) result).clashes())
            .as("seed %d", seed)
            .anySatisfy(
                clash -> {
                  assertThat(clash.kind()).isEqualTo(Clash.Kind.SAME_FUNCTION);
                  assertThat(clash.message()).contains(contested);
                });
      }
    }
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }
}
