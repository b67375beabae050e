package io.archmage.structural;

import io.archmage.structural.Dialect.Body;
import io.archmage.structural.Dialect.Declared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Divides a syntax tree into units. A comment belongs to the unit that follows it without an empty
 * line, or that ends on its line; others stand for themselves. What cannot be divided without
 * losing a character stays whole.
 */
final class Outliner {
  /** Containers in containers; what is deeper stays whole. */
  private static final int MAX_DEPTH = 100;

  private final Dialect dialect;
  private final String source;
  private int depth;

  private Outliner(Dialect dialect, String source) {
    this.dialect = dialect;
    this.source = source;
  }

  /** The outline of a tree without errors, empty if it cannot be divided. */
  static Optional<Outline> outline(Dialect dialect, SyntaxNode root, String source) {
    Outliner outliner = new Outliner(dialect, source);
    return dialect.top(root, source.length())
        .flatMap(body -> outliner.container(0, source.length(), body))
        .map(container -> new Outline(source, container));
  }

  private Optional<Container> container(int start, int end, Body body) {
    depth++;
    Division division = new Division(body);
    boolean divided = body.nodes().stream().allMatch(division::add);
    depth--;
    if (!divided) {
      return Optional.empty();
    }
    List<Unit> units = division.finish();
    Container container =
        new Container(
            body.joint(),
            body.ordered(),
            start,
            body.open(),
            body.close(),
            end,
            units);
    return isWhole(container) ? Optional.of(container) : Optional.empty();
  }

  /** Whether all that is not in a unit is separators and white space. */
  private boolean isWhole(Container container) {
    Joint joint = container.joint();
    boolean whole =
        container.open() >= container.start()
            && container.close() >= container.open()
            && joint.accepts(container.firstGap(source))
            && joint.accepts(container.lastGap(source));
    for (int i = 1; whole && i < container.units().size(); i++) {
      whole = joint.accepts(container.gapBefore(i, source));
    }
    return whole;
  }

  private static List<Unit> numbered(List<Unit> units) {
    Map<String, Integer> seen = new HashMap<>();
    List<Unit> result = new ArrayList<>(units.size());
    for (Unit unit : units) {
      int number = seen.merge(unit.key(), 1, Integer::sum);
      result.add(number == 1 ? unit : unit.numbered(number));
    }
    return result;
  }

  /** Collects the units of one container. */
  private final class Division {
    private final Body body;
    private final List<Unit> units = new ArrayList<>();
    /** Comments and decorators that no unit has taken yet. */
    private int pending = -1;
    private int pendingEnd;
    private boolean glued;

    Division(Body body) {
      this.body = body;
    }

    /** Returns false if the container cannot be divided. */
    boolean add(SyntaxNode node) {
      if (!node.isNamed()) {
        takePunctuation(node);
        return true;
      }
      if (node.isComment()) {
        return comment(node);
      }
      if (dialect.leads(node)) {
        lead(node.start(), node.end());
        glued = true;
        return true;
      }
      if (pending >= 0 && !glued && isApart(pendingEnd, node.start())) {
        flush();
      }
      int start = pending >= 0 ? pending : node.start();
      pending = -1;
      glued = false;
      units.add(unit(node, start));
      return true;
    }

    /** A semicolon or comma right after a unit is the unit's where lines separate. */
    private void takePunctuation(SyntaxNode node) {
      if (body.joint() == Joint.LINES
          && node.is(";", ",")
          && !units.isEmpty()
          && pending < 0
          && units.getLast().end() == node.start()) {
        units.add(units.removeLast().until(node.end()));
      }
    }

    private boolean comment(SyntaxNode node) {
      boolean sameLine =
          !units.isEmpty()
              && pending < 0
              && source.substring(units.getLast().end(), node.start()).indexOf('\n') < 0;
      if (body.joint() != Joint.LINES) {
        boolean before = !units.isEmpty() && sameLine;
        boolean first = units.isEmpty() && source.indexOf('\n', body.open()) >= node.start();
        if (before || first) {
          return false;
        }
      }
      if (sameLine) {
        if (!source.substring(units.getLast().end(), node.start()).isBlank()) {
          return false;
        }
        units.add(units.removeLast().until(node.end()));
        return true;
      }
      if (pending >= 0 && !glued && isApart(pendingEnd, node.start())) {
        flush();
      }
      lead(node.start(), node.end());
      return true;
    }

    private void lead(int start, int end) {
      if (pending < 0) {
        pending = start;
      }
      pendingEnd = end;
    }

    private boolean isApart(int from, int to) {
      String gap = source.substring(from, to);
      return gap.indexOf('\n') != gap.lastIndexOf('\n');
    }

    private void flush() {
      String text = source.substring(pending, pendingEnd);
      units.add(
          new Unit("comment " + text, UnitKind.COMMENT, text, pending, pendingEnd, null, ""));
      pending = -1;
    }

    private Unit unit(SyntaxNode node, int start) {
      Optional<Declared> declared = dialect.declared(node);
      int end = node.end();
      if (declared.isEmpty()) {
        String text = node.text();
        return new Unit("statement " + text, UnitKind.STATEMENT, text, start, end, null, "");
      }
      @Nullable Body inner = declared.get().body();
      @Nullable Container inside =
          inner == null || depth >= MAX_DEPTH ? null : container(start, end, inner).orElse(null);
      return new Unit(
          declared.get().key(),
          declared.get().kind(),
          declared.get().name(),
          start,
          end,
          inside,
          declared.get().signature());
    }

    List<Unit> finish() {
      if (pending >= 0) {
        flush();
      }
      return numbered(units);
    }
  }
}
