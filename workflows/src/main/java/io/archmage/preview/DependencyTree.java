package io.archmage.preview;

import io.archmage.graph.DeclaredEdges;
import io.archmage.graph.Edge;
import io.archmage.plan.DependencyType;
import io.archmage.plan.Plan;
import io.archmage.preview.PlanView.DependencyView;
import io.archmage.preview.PlanView.TaskView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The dependencies of a plan from the tasks that wait for nothing to those that wait for them. A
 * task with several predecessors stands under each, with what follows it only once. Circles, which
 * no plan that runs has, are marked and not followed.
 *
 * @param rows from top to bottom
 */
public record DependencyTree(List<Row> rows) {

  /** A branch that is longer goes on at the tree's end. */
  static final int MAX_DEPTH = 60;

  /** Copies the list. */
  public DependencyTree {
    rows = List.copyOf(rows);
  }

  /**
   * A line.
   *
   * @param rails for each level above it, whether that level goes on below this line
   * @param last whether it is the last one below its parent
   * @param task the task's id
   * @param link how it depends on its parent; of no meaning for a root
   * @param mark what is special about it
   */
  public record Row(List<Boolean> rails, boolean last, String task, Link link, Mark mark) {

    /** Copies the list. */
    public Row {
      rails = List.copyOf(rails);
    }
  }

  /** How a task depends on the one above it. */
  public enum Link {
    /** It waits for it. */
    HARD,
    /** It would rather come after it. */
    SOFT
  }

  /** What is special about a line. */
  public enum Mark {
    /** Nothing. */
    NONE,
    /** What follows the task stands where it was named first. */
    SHOWN_ABOVE,
    /** The task stands above itself: it waits for itself. */
    CYCLE,
    /** What follows the task stands below, where the task is a root. */
    CONTINUES_BELOW,
    /** A root that another branch leads to. */
    CONTINUED
  }

  /** The tree of a plan that can run. */
  public static DependencyTree of(PlanView view) {
    Walk walk = new Walk(view.tasks().stream().map(TaskView::id).toList());
    for (TaskView task : view.tasks()) {
      for (DependencyView dependency : task.dependsOn()) {
        walk.link(dependency.id(), task.id(), dependency.type());
      }
    }
    return new DependencyTree(walk.rows());
  }

  /** The tree of the declared dependencies of a plan that may not run; unknown ids are left out. */
  public static DependencyTree of(Plan plan) {
    Walk walk = new Walk(plan.tasks().stream().map(task -> task.id().value()).toList());
    for (Edge edge : DeclaredEdges.of(plan)) {
      walk.link(edge.from(), edge.to(), edge.type());
    }
    return new DependencyTree(walk.rows());
  }

  private record Child(int task, Link link) {}

  /** A line to come: a task, how it is reached, and what is beside and above it. */
  private record Step(Child child, List<Boolean> rails, boolean last, int depth, Mark mark) {}

  /** Depth first without recursion: a chain may have thousands of tasks. */
  private static final class Walk {
    private final List<String> ids;
    private final Map<String, Integer> byId = new LinkedHashMap<>();
    private final List<List<Child>> children = new ArrayList<>();
    private final BitSet waiting = new BitSet();
    private final BitSet followed = new BitSet();
    private final BitSet path = new BitSet();
    private final List<Integer> pathTasks = new ArrayList<>();
    private final Deque<Integer> continued = new ArrayDeque<>();
    private final List<Row> rows = new ArrayList<>();

    Walk(List<String> ids) {
      this.ids = ids;
      for (String id : ids) {
        byId.putIfAbsent(id, children.size());
        children.add(new ArrayList<>());
      }
    }

    void link(String from, String to, DependencyType type) {
      Integer before = byId.get(from);
      Integer after = byId.get(to);
      if (before != null && after != null) {
        link(before.intValue(), after.intValue(), type);
      }
    }

    void link(int before, int after, DependencyType type) {
      switch (type) {
        case HARD -> {
          children.get(before).add(new Child(after, Link.HARD));
          waiting.set(after);
        }
        case SOFT -> children.get(before).add(new Child(after, Link.SOFT));
      }
    }

    List<Row> rows() {
      for (int task = 0; task < ids.size(); task++) {
        if (!waiting.get(task)) {
          root(task);
        }
      }
      // What no root leads to is part of a circle or comes after one.
      for (int task = 0; task < ids.size(); task++) {
        if (!followed.get(task)) {
          root(task);
        }
      }
      return closed();
    }

    private void root(int task) {
      follow(task, Mark.NONE);
      while (!continued.isEmpty()) {
        int next = continued.remove();
        if (!followed.get(next)) {
          follow(next, Mark.CONTINUED);
        }
      }
    }

    private void follow(int root, Mark mark) {
      Deque<Step> open = new ArrayDeque<>();
      open.push(new Step(new Child(root, Link.HARD), List.of(), false, 0, mark));
      while (!open.isEmpty()) {
        Step step = open.pop();
        while (pathTasks.size() > step.depth()) {
          path.clear(pathTasks.removeLast());
        }
        visit(step, open);
      }
      pathTasks.clear();
      path.clear();
    }

    private void visit(Step step, Deque<Step> open) {
      int task = step.child().task();
      List<Child> below = children.get(task);
      Mark mark = mark(step, below);
      rows.add(new Row(step.rails(), step.last(), ids.get(task), step.child().link(), mark));
      if (mark != step.mark() || step.child().link() == Link.SOFT) {
        return;
      }
      followed.set(task);
      path.set(task);
      pathTasks.add(task);
      List<Boolean> rails = new ArrayList<>(step.rails());
      rails.add(!step.last());
      for (int i = below.size() - 1; i >= 0; i--) {
        boolean last = i == below.size() - 1;
        open.push(new Step(below.get(i), rails, last, step.depth() + 1, Mark.NONE));
      }
    }

    private Mark mark(Step step, List<Child> below) {
      int task = step.child().task();
      if (step.child().link() == Link.SOFT) {
        return Mark.NONE;
      }
      if (path.get(task)) {
        return Mark.CYCLE;
      }
      if (followed.get(task) && !below.isEmpty()) {
        return Mark.SHOWN_ABOVE;
      }
      if (step.depth() >= MAX_DEPTH && !below.isEmpty()) {
        continued.add(task);
        return Mark.CONTINUES_BELOW;
      }
      return step.mark();
    }

    /** The rows, with nothing going on below the last root. */
    private List<Row> closed() {
      List<Row> closed = new ArrayList<>(rows);
      for (int i = closed.size() - 1; i >= 0; i--) {
        Row row = closed.get(i);
        boolean root = row.rails().isEmpty();
        List<Boolean> rails = new ArrayList<>(row.rails());
        if (!root) {
          rails.set(0, false);
        }
        closed.set(i, new Row(rails, root || row.last(), row.task(), row.link(), row.mark()));
        if (root) {
          break;
        }
      }
      return closed;
    }
  }
}
