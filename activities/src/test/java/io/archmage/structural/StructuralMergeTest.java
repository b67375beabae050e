package io.archmage.structural;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.MergeRules;
import io.archmage.structural.Clash.Kind;
import io.archmage.structural.StructuralResult.Conflict;
import io.archmage.structural.StructuralResult.Merged;
import io.archmage.structural.StructuralResult.NotApplicable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.treesitter.TSParser;

class StructuralMergeTest {

  private static final String CLASS =
      """
          class S {
            int one() {
              int x = 1;
              int y = 2;
              int z = 3;
              return x + y + z;
            }

            int two() {
              return 2;
            }
          }
          """;

  private static final MergeRules MERGING =
      new MergeRules(
          MergeRules.SameFunction.MERGE,
          MergeRules.DifferentFunctions.MERGE,
          MergeRules.Union.UNION,
          MergeRules.Union.UNION,
          MergeRules.Resolutions.APPLY,
          null);

  @Test
  void shouldNameTheFunctionThatBothChanged() {
    assertThat(
        clashes(
            merge(
                MergeRules.DEFAULT,
                "S.java",
                CLASS,
                CLASS.replace("x = 1", "x = 10"),
                CLASS.replace("x = 1", "x = 11"))))
        .containsExactly(new Clash(Kind.SAME_FUNCTION, "both changed function S.one"));
  }

  @Test
  void shouldMergeLinesOfOneFunctionWhereThatIsAllowed() {
    String left = CLASS.replace("x = 1", "x = 10").replace("return 2", "return 20");
    String right =
        CLASS.replace("z = 3", "z = 30").replace("  int two", "  int more;\n\n  int two");
    assertThat(merge(MergeRules.DEFAULT, "S.java", CLASS, left, right))
        .isInstanceOf(Conflict.class);
    assertThat(text(merge(MERGING, "S.java", CLASS, left, right)))
        .contains("x = 10")
        .contains("z = 30")
        .contains("return 20")
        .contains("int more;");
  }

  @Test
  void shouldNameWhatOneRemovedAndTheOtherChanged() {
    String left = CLASS.replaceAll("(?s)\n  int two.*?\\}\n", "");
    assertThat(
        clashes(
            merge(
                MERGING, "S.java", CLASS, left, CLASS.replace("return 2", "return 20"))))
        .containsExactly(
            new Clash(
                Kind.SAME_FUNCTION, "one removed function S.two, which the other changed"));
  }

  @ParameterizedTest
  @CsvSource({"different_functions", "imports", "types"})
  void shouldKeepEachRule(String rule) {
    String base = "import a.A;\n\nclass S {\n  int one() {\n    return 1;\n  }\n\n"
        + "  int two() {\n    return 2;\n  }\n}\n";
    String left =
        switch (rule) {
          case "imports" -> base.replace("import a.A;", "import a.A;\nimport a.B;");
          case "types" -> base + "\nclass L {}\n";
          default -> base.replace("return 1", "return 10");
        };
    String right =
        switch (rule) {
          case "imports" -> base.replace("import a.A;", "import a.A;\nimport a.C;");
          case "types" -> base + "\nclass R {}\n";
          default -> base.replace("return 2", "return 20");
        };
    MergeRules strict =
        new MergeRules(
            MergeRules.SameFunction.MERGE,
            rule.equals("different_functions")
                ? MergeRules.DifferentFunctions.SERIALIZE
                : MergeRules.DifferentFunctions.MERGE,
            rule.equals("imports") ? MergeRules.Union.CONFLICT : MergeRules.Union.UNION,
            rule.equals("types") ? MergeRules.Union.CONFLICT : MergeRules.Union.UNION,
            MergeRules.Resolutions.APPLY,
            null);
    assertThat(merge(MERGING, "S.java", base, left, right)).isInstanceOf(Merged.class);
    assertThat(clashes(merge(strict, "S.java", base, left, right)))
        .singleElement()
        .satisfies(clash -> assertThat(clash.message()).startsWith("both changed "));
    byte[] result = ((Merged) merge(MERGING, "S.java", base, left, right)).content();
    assertThat(
        new StructuralMerge(strict)
            .check("S.java", bytes(base), bytes(left), bytes(right), result))
        .isInstanceOf(Conflict.class);
  }

  @Test
  void shouldFindOneMethodAddedAtTwoPlacesByLines() {
    String left =
        CLASS.replace("class S {\n", "class S {\n  int three() {\n    return 3;\n  }\n\n");
    String right = CLASS.replaceAll("\\}\n$", "\n  int three() {\n    return 33;\n  }\n}\n");
    byte[] merged = TextMerge.merge(bytes(CLASS), bytes(left), bytes(right)).orElseThrow();
    StructuralResult checked =
        new StructuralMerge(null)
            .check("S.java", bytes(CLASS), bytes(left), bytes(right), merged);
    assertThat(clashes(checked))
        .containsExactly(new Clash(Kind.SAME_THING, "both added function S.three"));
  }

  @Test
  void shouldTakeOneMethodAddedAtTwoPlacesAlikeOnce() {
    String three = "  int three() {\n    return 3;\n  }\n";
    String left = CLASS.replace("class S {\n", "class S {\n" + three + "\n");
    String right = CLASS.replaceAll("\\}\n$", "\n" + three + "}\n");
    assertThat(text(merge(MergeRules.DEFAULT, "S.java", CLASS, left, right)))
        .containsOnlyOnce("int three()");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The same name from two places.
        "S.java|import a.A;+class S {}+|import a.A;+import b.List;+class S {}+"
            + "|import a.A;+import c.List;+class S {}+",
        "s.ts|import { a } from 'm';+|import { a } from 'm';+import { x } from 'l';+"
            + "|import { a } from 'm';+import { x } from 'r';+",
        // A removed import that the other extends.
        "s.py|from m import a, b+print(a)+|print(1)+|from m import a, b, c+print(a)+",
        // Statements have their place.
        "s.py|import a+first()+|import a+first()+left()+|import a+first()+right()+",
        "s.ts|import './a';+|import './a';+import './l';+|import './a';+import './r';+",
        // One statement, changed by both.
        "s.py|run(1)+|run(2)+|run(3)+",
        "s.py|run(1)+|run(2)+|+",
        // The order of these counts.
        "s.rs|enum E { A }+|enum E { A, L }+|enum E { A, R }+",
        "S.java|enum E { A }+|enum E { A, L }+|enum E { A, R }+",
        "s.go|package p+const (+A = iota+B+)+|package p+const (+A = iota+B+L+)+"
            + "|package p+const (+A = iota+B+R+)+",
        "s.json|{'a': [1]}+|{'a': [1, 2]}+|{'a': [1, 3]}+",
        // Both moved parts.
        "s.go|package p+func a() {}+func b() {}+func c() {}+"
            + "|package p+func b() {}+func a() {}+func c() {}+"
            + "|package p+func a() {}+func c() {}+func b() {}+",
        // Values of one key.
        "s.yaml|a: 1+|a: 2+|a: 3+",
        "s.yaml|a:+  b: 1+c: 1+|a:+  b: 2+c: 1+|c: 1+",
        // The head of a type.
        "S.java|class S {}+|class S extends A {}+|class S extends B {}+"
      })
  void shouldStopWhereNobodyCanKnow(String path, String base, String left, String right) {
    assertThat(
        merge(MERGING, path, lines(base), lines(left), lines(right)))
        .isInstanceOf(Conflict.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s.json|{'a': {'x': 1}}+|{'a': {'x': 1, 'l': 2}}+|{'a': {'x': 1, 'r': 3}, 'b': 1}+"
            + "|{'a': {'x': 1, 'l': 2, 'r': 3}, 'b': 1}+",
        "s.json|{}+|{'l': 1}+|{'r': 2}+|{'l': 1, 'r': 2}+",
        "s.yaml|a:+  x: 1+b: 2+|a:+  x: 1+  l: 3+b: 2+|a:+  x: 1+  r: 4+b: 2+"
            + "|a:+  x: 1+  l: 3+  r: 4+b: 2+",
        "s.py|from m import (+    a,+    b,+)+|from m import (+    a,+    b,+    c,+)+"
            + "|from m import (+    a,+    d,+)+|from m import (+    a,+    c,+    d,+)+",
        "s.go|package p+type T struct {+ A int // a+}+"
            + "|package p+type T struct {+ A int // a+ L int // l+}+"
            + "|package p+type T struct {+ A int // a+ R int // r+}+"
            + "|package p+type T struct {+ A int // a+ L int // l+ R int // r+}+",
        "s.ts|class C {+  a = 1;+}+|class C {+  a = 1;+  l = 2;+}+"
            + "|class C {+  a = 1;+  @on() r() {}+}+|class C {+  a = 1;+  l = 2;+  @on() r() {}+}+",
        "s.js|const o = {+  a: 1,+};+|const o = {+  a: 1,+  l: 2,+};+"
            + "|const o = {+  a: 1,+  r() {},+};+|const o = {+  a: 1,+  l: 2,+  r() {},+};+",
        "s.rs|struct S {+    a: u8,+}+|struct S {+    a: u8,+    l: u8,+}+"
            + "|struct S {+    a: u8,+    r: u8,+}+|struct S {+    a: u8,+    l: u8,+    r: u8,+}+"
      })
  void shouldUniteSets(String path, String base, String left, String right, String expected) {
    assertThat(text(merge(MergeRules.DEFAULT, path, lines(base), lines(left), lines(right))))
        .isEqualTo(lines(expected));
  }

  @Test
  void shouldKeepCharactersOfEveryLength() {
    String base = "# Grüße 😀\nname = 'ä'\n\n\ndef a():\n    return '😀'\n";
    String left = base + "\n\ndef b():\n    return 'ß'\n";
    String right = base + "\n\ndef ç():\n    return '漢'\n";
    assertThat(text(merge(MergeRules.DEFAULT, "s.py", base, left, right)))
        .isEqualTo(left + "\n\ndef ç():\n    return '漢'\n");
  }

  @Test
  void shouldKeepCarriageReturns() {
    String base = "class S {\r\n  int a;\r\n}\r\n";
    String left = base.replace("  int a;\r\n", "  int a;\r\n  int l;\r\n");
    String right = base.replace("  int a;\r\n", "  int a;\r\n  int r;\r\n");
    assertThat(text(merge(MergeRules.DEFAULT, "S.java", base, left, right)))
        .isEqualTo("class S {\r\n  int a;\r\n  int l;\r\n  int r;\r\n}\r\n");
  }

  @Test
  void shouldLeaveAloneWhatItCannotRead() {
    assertThat(merge(MergeRules.DEFAULT, "a.txt", "a", "b", "c")).isEqualTo(new NotApplicable(""));
    assertThat(merge(MergeRules.DEFAULT, "S.java", "class S {", "class S {}", "class T {}"))
        .isEqualTo(new NotApplicable("it does not parse as Java"));
    assertThat(merge(MergeRules.DEFAULT, "S.java", "class S {}", "class S {}\0", "class T {}"))
        .isEqualTo(new NotApplicable("it is not UTF-8"));
    String large = "/*" + "x".repeat(StructuralMerge.MAX_BYTES) + "*/";
    assertThat(merge(MergeRules.DEFAULT, "S.java", "class S {}", large, "class T {}"))
        .isEqualTo(new NotApplicable("it is larger than 1048576 bytes"));
    assertThat(merge(MergeRules.DEFAULT, "web/package-lock.json", "{}", "{\"a\": 1}", "{\"b\": 1}"))
        .isEqualTo(new NotApplicable("a tool writes it from other files"));
  }

  @Test
  void shouldStandDeepNesting() {
    String deep = "{\"a\": ".repeat(5_000) + "1" + "}".repeat(5_000);
    String left = deep.replaceFirst("\"a\"", "\"l\": 1, \"a\"");
    String right = deep.replaceFirst("\"a\"", "\"r\": 1, \"a\"");
    assertThat(text(merge(MergeRules.DEFAULT, "deep.json", deep, left, right)))
        .startsWith("{\"l\": 1, \"r\": 1, \"a\"");
  }

  @Test
  void shouldNameTheVersionOfItsParser() {
    String jar = TSParser.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).endsWith("/tree-sitter-" + Grammars.VERSION + ".jar");
    assertThat(StructuralMerge.version()).endsWith("tree-sitter " + Grammars.VERSION);
  }

  private static StructuralResult merge(
      MergeRules rules, String path, String base, String left, String right) {
    return new StructuralMerge(rules).merge(path, bytes(base), bytes(left), bytes(right));
  }

  private static List<Clash> clashes(StructuralResult result) {
    assertThat(result).isInstanceOf(Conflict.class);
    return ((Conflict) result).clashes();
  }

  private static String text(StructuralResult result) {
    assertThat(result).isInstanceOf(Merged.class);
    return new String(((Merged) result).content(), StandardCharsets.UTF_8);
  }

  private static String lines(String text) {
    return text == null ? "" : text.replace('+', '\n').replace('\'', '"');
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
