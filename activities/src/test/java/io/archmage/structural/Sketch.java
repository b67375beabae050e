package io.archmage.structural;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small program that can be changed at random and written in several languages. */
record Sketch(SequencedSet<String> imports, SequencedMap<String, Integer> functions) {

  private static final Pattern FUNCTION = Pattern.compile("(f\\w+)\\(\\)[^\\d]*?return (\\d+)");
  private static final Pattern IMPORT = Pattern.compile("\\b(lib\\w+)\\b");

  static Sketch random(Random random) {
    Sketch sketch = new Sketch(new LinkedHashSet<>(), new LinkedHashMap<>());
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      sketch.imports.add("lib" + i);
    }
    for (int i = 0; i < 1 + random.nextInt(7); i++) {
      sketch.functions.put("f" + i, i);
    }
    return sketch;
  }

  Sketch copy() {
    return new Sketch(new LinkedHashSet<>(imports), new LinkedHashMap<>(functions));
  }

  void add(String name, int place, int value) {
    List<Map.Entry<String, Integer>> all = new ArrayList<>();
    functions.forEach((key, body) -> all.add(Map.entry(key, body)));
    all.add(Math.min(place, all.size()), Map.entry(name, value));
    functions.clear();
    all.forEach(entry -> functions.put(entry.getKey(), entry.getValue()));
  }

  void move(String name, int place) {
    Integer body = functions.remove(name);
    add(name, place, body);
  }

  byte[] write(String language) {
    StringBuilder text = new StringBuilder();
    switch (language) {
      case "java" -> {
        text.append("package p;\n\n");
        imports.forEach(name -> text.append("import a.").append(name).append(";\n"));
        text.append("\nclass C {\n  private int field;\n");
        functions.forEach(
            (name, body) -> text.append("\n  /** Does ")
                .append("it. */\n  int ")
                .append(name)
                .append("() {\n    return ")
                .append(body)
                .append(";\n  }\n"));
        text.append("}\n");
      }
      case "py" -> {
        text.append("from lib import x");
        imports.forEach(name -> text.append(", ").append(name));
        text.append("\n");
        functions.forEach(
            (name, body) -> text.append("\n\n# it\n@deco\ndef ")
                .append(name)
                .append("():\n    return ")
                .append(body)
                .append("\n"));
      }
      case "go" -> {
        text.append("package p\n\nimport (\n\t\"fmt\"\n");
        imports.forEach(name -> text.append("\t\"a/").append(name).append("\"\n"));
        text.append(")\n");
        functions.forEach(
            (name, body) -> text.append("\n// it\nfunc ")
                .append(name)
                .append("() int {\n\treturn ")
                .append(body)
                .append("\n}\n"));
      }
      case "rs" -> {
        text.append("use std::{fmt");
        imports.forEach(name -> text.append(", ").append(name));
        text.append("};\n\nimpl S {\n");
        functions.forEach(
            (name, body) -> text.append("    #[inline]\n    fn ")
                .append(name)
                .append("() -> usize {\n        return ")
                .append(body)
                .append(";\n    }\n\n"));
        text.append("}\n");
      }
      default -> {
        text.append("import { x");
        imports.forEach(name -> text.append(", ").append(name));
        text.append(" } from './a';\n");
        functions.forEach(
            (name, body) -> text.append("\nexport function ")
                .append(name)
                .append("(): number {\n  return ")
                .append(body)
                .append(";\n}\n"));
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What a text says, by a reading that knows no grammar. */
  static Map<String, Integer> functionsOf(byte[] content) {
    Map<String, Integer> functions = new LinkedHashMap<>();
    Matcher matcher = FUNCTION.matcher(new String(content, StandardCharsets.UTF_8));
    while (matcher.find()) {
      functions.merge(matcher.group(1), Integer.parseInt(matcher.group(2)), (a, b) -> -1);
    }
    return functions;
  }

  static List<String> importsOf(byte[] content) {
    return IMPORT.matcher(new String(content, StandardCharsets.UTF_8))
        .results()
        .map(found -> found.group(1))
        .filter(name -> !name.equals("lib"))
        .sorted()
        .toList();
  }
}
