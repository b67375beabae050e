package io.archmage.structural;

import io.archmage.structural.Clash.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds names that one side took away, or declares in another way, and that the other side uses
 * more often than before. Only within one file; what a name means is not looked at.
 */
final class NewUses {
  private static final Pattern WORD = Pattern.compile("[\\p{Alnum}_$\\x80-\\xff]+");
  private static final int BASE = 0;
  private static final int LEFT = 1;
  private static final int RIGHT = 2;

  private final ParsedVersions parsed;
  private final Map<String, List<String>> base;
  private final Map<String, List<String>> left;
  private final Map<String, List<String>> right;

  NewUses(ParsedVersions parsed, Versions versions) {
    this.parsed = parsed;
    this.base = versions.base.declaredNames();
    this.left = versions.left.declaredNames();
    this.right = versions.right.declaredNames();
  }

  List<Clash> clashes() {
    List<Clash> clashes = new ArrayList<>(found(left, right, RIGHT));
    clashes.addAll(found(right, left, LEFT));
    return clashes;
  }

  private List<Clash> found(
      Map<String, List<String>> changed, Map<String, List<String>> other, int user) {
    Set<String> names = new LinkedHashSet<>();
    base.forEach(
        (name, before) -> {
          List<String> after = changed.getOrDefault(name, List.of());
          if (!after.containsAll(before) && !after.equals(other.getOrDefault(name, List.of()))) {
            for (String part : name.split(", ", -1)) {
              names.add(part.split("\\.", 2)[0]);
            }
          }
        });
    List<Clash> clashes = new ArrayList<>();
    for (String name : moreOften(names, user)) {
      clashes.add(
          Clash.of(
              Kind.LOST_NAME,
              (changed.containsKey(name) ? "one changed how " + name + " is declared"
                  : "one removed "
                      + name)
                  + ", which the other began to use"));
    }
    return clashes;
  }

  /** Those of the names that a version uses more often than the base. */
  private Set<String> moreOften(Set<String> names, int user) {
    Set<String> more = new LinkedHashSet<>(names);
    if (!more.isEmpty()) {
      keepIncreased(more, words(parsed.source(BASE), more), words(parsed.source(user), more));
    }
    if (!more.isEmpty()) {
      keepIncreased(more, identifiers(BASE, more), identifiers(user, more));
    }
    return more;
  }

  private static void keepIncreased(
      Set<String> names, Map<String, Integer> before, Map<String, Integer> after) {
    names.removeIf(name -> after.getOrDefault(name, 0) <= before.getOrDefault(name, 0));
  }

  private static Map<String, Integer> words(String source, Set<String> names) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Matcher words = WORD.matcher(source);
    while (words.find()) {
      if (names.contains(words.group())) {
        counts.merge(words.group(), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** As {@link #words}, but without comments and texts. */
  private Map<String, Integer> identifiers(int version, Set<String> names) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Deque<SyntaxNode> waiting = new ArrayDeque<>();
    waiting.push(parsed.root(version));
    while (!waiting.isEmpty()) {
      SyntaxNode node = waiting.pop();
      if (node.children().isEmpty()) {
        if (node.type().endsWith("identifier") && names.contains(node.text())) {
          counts.merge(node.text(), 1, Integer::sum);
        }
      } else {
        node.children().forEach(waiting::push);
      }
    }
    return counts;
  }
}
