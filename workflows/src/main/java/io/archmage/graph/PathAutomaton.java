package io.archmage.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A nondeterministic automaton over the characters of a path; state 0 begins. */
final class PathAutomaton {

  /** Products of more states are not searched. */
  private static final int MAX_PRODUCT = 4_000_000;

  private final List<List<Step>> steps = new ArrayList<>();
  private final List<List<Integer>> jumps = new ArrayList<>();
  private final BitSet accepting = new BitSet();

  record Step(CharSet characters, int target) {}

  private record Pair(
      int left, int right, boolean afterSlash, @Nullable Pair from, int character) {}

  PathAutomaton() {
    addState();
  }

  int addState() {
    steps.add(new ArrayList<>());
    jumps.add(new ArrayList<>());
    return steps.size() - 1;
  }

  void step(int from, CharSet characters, int to) {
    steps.get(from).add(new Step(characters, to));
  }

  /** Lets the automaton change its state without reading. */
  void jump(int from, int to) {
    jumps.get(from).add(to);
  }

  void accept(int state) {
    accepting.set(state);
  }

  boolean matches(String path) {
    BitSet states = closure(0);
    for (int character : path.codePoints().toArray()) {
      BitSet next = new BitSet();
      for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
        for (Step step : steps.get(state)) {
          if (!next.get(step.target()) && step.characters().contains(character)) {
            next.or(closure(step.target()));
          }
        }
      }
      states = next;
    }
    return states.intersects(accepting);
  }

  /** Whether the product with another automaton is small enough to be searched. */
  boolean comparable(PathAutomaton other) {
    return (long) steps.size() * other.steps.size() <= MAX_PRODUCT;
  }

  /**
   * A shortest path that both automata accept, found by breadth-first search of their product;
   * paths have no empty component.
   */
  Optional<String> common(PathAutomaton other) {
    int width = other.steps.size();
    BitSet seen = new BitSet();
    Deque<Pair> queue = new ArrayDeque<>();
    visit(other, new Pair(0, 0, true, null, 0), queue, seen, width);
    while (!queue.isEmpty()) {
      Pair pair = queue.remove();
      if (!pair.afterSlash() && accepting.get(pair.left()) && other.accepting.get(pair.right())) {
        return Optional.of(word(pair));
      }
      for (Step mine : steps.get(pair.left())) {
        for (Step theirs : other.steps.get(pair.right())) {
          OptionalInt name = mine.characters().commonName(theirs.characters());
          if (name.isPresent()) {
            Pair next =
                new Pair(mine.target(), theirs.target(), false, pair, name.getAsInt());
            visit(other, next, queue, seen, width);
          }
          if (!pair.afterSlash()
              && mine.characters().contains('/')
              && theirs.characters().contains('/')) {
            Pair next = new Pair(mine.target(), theirs.target(), true, pair, '/');
            visit(other, next, queue, seen, width);
          }
        }
      }
    }
    return Optional.empty();
  }

  private void visit(PathAutomaton other, Pair first, Deque<Pair> queue, BitSet seen, int width) {
    Deque<Pair> open = new ArrayDeque<>(List.of(first));
    while (!open.isEmpty()) {
      Pair pair = open.pop();
      int key = (pair.left() * width + pair.right()) * 2 + (pair.afterSlash() ? 1 : 0);
      if (seen.get(key)) {
        continue;
      }
      seen.set(key);
      queue.add(pair);
      for (int left : jumps.get(pair.left())) {
        open.push(
            new Pair(left, pair.right(), pair.afterSlash(), pair.from(), pair.character()));
      }
      for (int right : other.jumps.get(pair.right())) {
        open.push(
            new Pair(pair.left(), right, pair.afterSlash(), pair.from(), pair.character()));
      }
    }
  }

  private static String word(Pair end) {
    StringBuilder reversed = new StringBuilder();
    for (Pair pair = end; pair.from() != null; pair = pair.from()) {
      reversed.appendCodePoint(pair.character());
    }
    return reversed.reverse().toString();
  }

  private BitSet closure(int state) {
    BitSet reached = new BitSet();
    Deque<Integer> open = new ArrayDeque<>(List.of(state));
    while (!open.isEmpty()) {
      int next = open.pop();
      if (!reached.get(next)) {
        reached.set(next);
        jumps.get(next).forEach(open::push);
      }
    }
    return reached;
  }
}
