package io.archmage.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OutputPatternTest {

  @ParameterizedTest
  @CsvSource({
    "src/a.ts, src/a.ts, true",
    "src/a.ts, src/ab.ts, false",
    "src/a, src/a/b.ts, true",
    "src/a, src/a/*.ts, true",
    "src/, src/x/y.ts, true",
    "src/, srcs/x.ts, false",
    "dir, dir/x.ts, true",
    "dir, d*, false",
    "., anything/at/all, true",
    "src/*.ts, src/a.js, false",
    "src/*.ts, src/x/a.ts, false",
    "src/**/*.ts, src/a.ts, true",
    "src/**, src, true",
    "**/*.test.ts, src/**/*.ts, true",
    "**/*.test.ts, src/**/*.js, false",
    "**/*.md, src/a.ts, false",
    "a**b, axxb, true",
    "a**b, a/b, true",
    "src/[a-m]*.ts, src/[n-z]*.ts, false",
    "src/[!a]*.ts, src/b.ts, true",
    "src/[!a]*.ts, src/a.ts, false",
    "pages/[id].tsx, pages/[id].tsx, true",
    "pages/[id].tsx, pages/[slug].tsx, false",
    "pages/[id].tsx, pages/*.tsx, true",
    "x[[:digit:]], x5, true",
    "x[[:digit:]], xa, false",
    "broken[, broken[, true",
    "broken[, broken*, true",
    "?, é, true",
    "??, é, false",
    "*/, a/b, true",
  })
  void shouldTellWhetherTwoPatternsOverlap(String one, String other, boolean expected) {
    assertThat(pattern(one).overlaps(pattern(other))).isEqualTo(expected);
    assertThat(pattern(other).overlaps(pattern(one))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldAgreeWithBruteForce(long seed) {
    Random random = new Random(seed);
    List<String> paths = paths(6);
    for (int round = 0; round < 40; round++) {
      String one = randomPattern(random);
      String other = randomPattern(random);
      OutputPattern first = pattern(one);
      OutputPattern second = pattern(other);
      Pattern firstRegex = regex(one);
      Pattern secondRegex = regex(other);
      boolean shared = false;
      for (String path : paths) {
        boolean inFirst = firstRegex.matcher(path).matches();
        assertThat(first.matches(path)).as("seed %d: %s %s", seed, one, path).isEqualTo(inFirst);
        shared |= inFirst && secondRegex.matcher(path).matches();
      }
      String what = "seed %d: %s and %s".formatted(seed, one, other);
      first
          .common(second)
          .ifPresent(
              path -> assertThat(path)
                  .as(what)
                  .matches(firstRegex)
                  .matches(secondRegex)
                  .doesNotContain("//")
                  .doesNotEndWith("/"));
      if (shared) {
        assertThat(first.common(second)).as(what).isPresent();
        assertThat(first.overlaps(second)).as(what).isTrue();
      }
      if (!first.overlaps(second)) {
        assertThat(first.common(second)).as(what).isEmpty();
      }
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 25);
  }

  private static OutputPattern pattern(String text) {
    return OutputPattern.of(text, path -> path.equals("dir"));
  }

  private static String randomPattern(Random random) {
    List<String> components = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      if (random.nextInt(4) == 0) {
        components.add("**");
        continue;
      }
      StringBuilder component = new StringBuilder();
      int length = 1 + random.nextInt(2);
      for (int c = 0; c < length; c++) {
        component.append(List.of("a", "b", "*", "?", "[ab]", "[!a]").get(random.nextInt(6)));
      }
      components.add(component.toString());
    }
    return String.join("/", components) + (random.nextInt(6) == 0 ? "/" : "");
  }

  /** All valid paths over a, b and the slash up to a length. */
  private static List<String> paths(int length) {
    List<String> all = new ArrayList<>();
    List<String> ends = List.of("");
    for (int i = 0; i < length; i++) {
      List<String> longer = new ArrayList<>();
      for (String text : ends) {
        longer.add(text + "a");
        longer.add(text + "b");
        if (!text.isEmpty() && !text.endsWith("/")) {
          longer.add(text + "/");
        }
      }
      longer.stream().filter(text -> !text.endsWith("/")).forEach(all::add);
      ends = longer;
    }
    return all;
  }

  /** Another implementation of the same language. */
  private static Pattern regex(String glob) {
    String text = glob.endsWith("/") ? glob + "**" : glob;
    StringBuilder regex = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      boolean start = at == 0 || text.charAt(at - 1) == '/';
      if (start && text.startsWith("**/", at)) {
        regex.append("(?:[^/]+/)*");
        at += 3;
      } else if (start && text.substring(at).equals("**")) {
        regex.append(".+");
        at += 2;
      } else {
        char c = text.charAt(at);
        switch (c) {
          case '*' -> regex.append("[^/]*");
          case '?' -> regex.append("[^/]");
          case '[' -> {
            int close = text.indexOf(']', at);
            String set = text.substring(at + 1, close);
            regex.append(set.startsWith("!") ? "[^/" + set.substring(1) + "]" : "[" + set + "]");
            at = close;
          }
          default -> regex.append(Pattern.quote(String.valueOf(c)));
        }
        at++;
      }
    }
    String spelled = glob.contains("[") ? "|" + Pattern.quote(text) : "";
    return Pattern.compile(regex + spelled);
  }
}
