package io.archmage.graph;

import java.util.Optional;

/**
 * Compiles git's pathspec {@code glob} syntax: {@code *} and {@code ?} stay within a component,
 * {@code [..]} is a set of characters, {@code **} as a whole component spans components. As in git,
 * a pattern with brackets also matches the path that is spelled like it. A {@code **} beside other
 * characters, which git calls invalid, spans components too and so covers at least what git does.
 */
final class GlobCompiler {

  private final int[] pattern;
  private final PathAutomaton automaton = new PathAutomaton();
  private int at;

  private GlobCompiler(String pattern) {
    this.pattern = pattern.codePoints().toArray();
  }

  /** Whether a pattern has any special character. */
  static boolean special(String pattern) {
    return pattern.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
  }

  /** The characters before the first special one. */
  static String literalPrefix(String pattern) {
    int end = 0;
    while (end < pattern.length() && "*?[".indexOf(pattern.charAt(end)) < 0) {
      end++;
    }
    return pattern.substring(0, end);
  }

  /** Matches exactly one path. */
  static PathAutomaton file(String path) {
    GlobCompiler compiler = new GlobCompiler(path);
    compiler.automaton.accept(compiler.literal(0));
    return compiler.automaton;
  }

  /** Matches everything below a directory; the empty one is the repository's root. */
  static PathAutomaton tree(String directory) {
    GlobCompiler compiler = new GlobCompiler(directory.isEmpty() ? "" : directory + "/");
    compiler.acceptEverything(compiler.literal(0));
    return compiler.automaton;
  }

  /** Matches a pattern with special characters. */
  static PathAutomaton glob(String pattern) {
    GlobCompiler compiler = new GlobCompiler(pattern);
    if (pattern.indexOf('[') >= 0) {
      compiler.automaton.accept(compiler.literal(0));
    }
    compiler.compile();
    return compiler.automaton;
  }

  private int literal(int start) {
    int state = start;
    for (int character : pattern) {
      state = then(state, CharSet.of(character));
    }
    return state;
  }

  private void compile() {
    int state = automaton.addState();
    automaton.jump(0, state);
    while (at < pattern.length) {
      int character = pattern[at];
      if (character == '*') {
        int stars = stars();
        boolean component = stars > 1 && startsComponent() && endsComponent(stars);
        at += stars;
        if (component && at == pattern.length) {
          acceptEverything(state);
          return;
        }
        state = component ? components(state) : loop(state, stars > 1 ? CharSet.ANY : CharSet.NAME);
      } else if (character == '?') {
        at++;
        state = then(state, CharSet.NAME);
      } else if (character == '[') {
        Optional<BracketSet> set = BracketSet.parse(pattern, at);
        if (set.isEmpty()) {
          return;
        }
        at = set.get().end();
        state = then(state, set.get().characters());
      } else {
        at++;
        state = then(state, CharSet.of(character));
      }
    }
    automaton.accept(state);
  }

  private int stars() {
    int count = 0;
    while (at + count < pattern.length && pattern[at + count] == '*') {
      count++;
    }
    return count;
  }

  private boolean startsComponent() {
    return at == 0 || pattern[at - 1] == '/';
  }

  private boolean endsComponent(int stars) {
    return at + stars == pattern.length || pattern[at + stars] == '/';
  }

  private int then(int state, CharSet characters) {
    int next = automaton.addState();
    automaton.step(state, characters, next);
    return next;
  }

  /** Any number of these characters. */
  private int loop(int state, CharSet characters) {
    int loop = automaton.addState();
    automaton.jump(state, loop);
    automaton.step(loop, characters, loop);
    return loop;
  }

  /** Any number of whole components, each with its slash; skips the slash of the pattern. */
  private int components(int state) {
    at++;
    int between = automaton.addState();
    int within = automaton.addState();
    automaton.jump(state, between);
    automaton.step(between, CharSet.NAME, within);
    automaton.step(within, CharSet.NAME, within);
    automaton.step(within, CharSet.of('/'), between);
    return between;
  }

  private void acceptEverything(int state) {
    int inside = then(state, CharSet.NAME);
    automaton.step(inside, CharSet.ANY, inside);
    automaton.accept(inside);
  }
}
