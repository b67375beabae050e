package io.archmage.schedule.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Looks for a short schedule: a genetic algorithm over lists (Hartmann, 1998) whose children are
 * improved by double justification (Valls, Ballestín and Quintanilla, 2008). Deterministic: the
 * same project gives the same schedule on every machine. It ends at the lower bound, or when it has
 * looked at a given number of steps.
 */
public final class OrderSearch {

  private static final int POPULATION = 40;
  private static final double MUTATION = 0.05;

  /** Generations without a better schedule after which a new population is drawn. */
  private static final int PATIENCE = 40;

  private final Project project;
  private final Scheduling scheduling;
  private final Draws random;
  private final long limit;
  private final long bound;
  private Schedule best;

  private OrderSearch(Project project, int[] list, long limit) {
    this.project = project;
    this.scheduling = new Scheduling(project);
    this.random = new Draws(project.size());
    this.limit = limit;
    this.bound = LowerBounds.of(project);
    this.best = scheduling.of(list);
  }

  /**
   * What was found.
   *
   * @param starts when each task starts
   * @param makespan when the last one ends
   * @param bound no schedule is shorter
   * @param schedules how many schedules were made
   * @param work how many steps of timetables were looked at
   */
  public record Found(long[] starts, long makespan, long bound, long schedules, long work) {}

  /**
   * Searches.
   *
   * @param project what is to be scheduled
   * @param list a good list to begin with: all tasks by urgency, each after its predecessors
   * @param limit how many steps of timetables may be looked at
   */
  public static Found search(Project project, int[] list, long limit) {
    OrderSearch search = new OrderSearch(project, list, limit);
    search.run();
    return new Found(
        search.best.starts(), search.best.makespan(), search.bound,
        search.scheduling.schedules(), search.scheduling.work());
  }

  /** A list and the length of its schedule. */
  private record Member(int[] list, long makespan) {}

  private void run() {
    List<Member> population = new ArrayList<>();
    population.add(new Member(best.list(project), best.makespan()));
    while (!isOver()) {
      while (population.size() < POPULATION && !isOver()) {
        population.add(member(drawn()));
      }
      evolve(population);
      population.clear();
    }
  }

  private boolean isOver() {
    return best.makespan() <= bound || scheduling.work() >= limit;
  }

  private void evolve(List<Member> population) {
    long shortest = Long.MAX_VALUE;
    int patience = PATIENCE;
    while (patience-- > 0 && !isOver()) {
      shuffle(population);
      int parents = population.size();
      for (int i = 0; i + 1 < parents && !isOver(); i += 2) {
        int[] mother = population.get(i).list();
        int[] father = population.get(i + 1).list();
        int one = random.below(mother.length);
        int other = random.below(mother.length);
        population.add(
            member(child(mother, father, Math.min(one, other), Math.max(one, other))));
        population.add(
            member(child(father, mother, Math.min(one, other), Math.max(one, other))));
      }
      population.sort(Comparator.comparingLong(Member::makespan));
      keepDifferent(population);
      if (population.getFirst().makespan() < shortest) {
        shortest = population.getFirst().makespan();
        patience = PATIENCE;
      }
    }
  }

  /** Keeps the best, of equal lists one. */
  private static void keepDifferent(List<Member> population) {
    List<Member> kept = new ArrayList<>();
    for (Member member : population) {
      if (kept.size() < POPULATION
          && kept.stream().noneMatch(other -> Arrays.equals(other.list(), member.list()))) {
        kept.add(member);
      }
    }
    population.clear();
    population.addAll(kept);
  }

  private Member member(int[] list) {
    Schedule schedule = scheduling.of(list);
    if (schedule.makespan() < best.makespan()) {
      best = schedule;
    }
    return new Member(schedule.list(project), schedule.makespan());
  }

  /** The mother's list, between the two places in the father's order; then neighbours change. */
  private int[] child(int[] mother, int[] father, int from, int to) {
    int[] child = new int[mother.length];
    boolean[] taken = new boolean[mother.length];
    int size = 0;
    while (size < from) {
      taken[mother[size]] = true;
      child[size] = mother[size];
      size++;
    }
    for (int i = 0; size < to; i++) {
      if (!taken[father[i]]) {
        taken[father[i]] = true;
        child[size++] = father[i];
      }
    }
    for (int task : mother) {
      if (!taken[task]) {
        child[size++] = task;
      }
    }
    mutate(child);
    return child;
  }

  private void mutate(int[] list) {
    for (int i = 0; i + 1 < list.length; i++) {
      int one = list[i];
      int other = list[i + 1];
      if (random.fraction() < MUTATION
          && project.urgency(one) == project.urgency(other)
          && !follows(one, other)) {
        list[i] = other;
        list[i + 1] = one;
      }
    }
  }

  private boolean follows(int before, int task) {
    for (int predecessor : project.predecessors(task)) {
      if (predecessor == before) {
        return true;
      }
    }
    return false;
  }

  /** A list drawn with a bias to long tails. */
  private int[] drawn() {
    long[] tails = project.tails();
    long longest = Arrays.stream(tails).max().orElse(0);
    // The smaller the key the earlier; noise of a random strength.
    double noise = random.fraction();
    long[] keys = new long[tails.length];
    for (int task : project.topological()) {
      double key = (longest - tails[task]) + noise * random.fraction() * longest;
      long floor = 0;
      for (int before : project.predecessors(task)) {
        floor = Math.max(floor, keys[before]);
      }
      keys[task] = Math.max(floor, (long) key);
    }
    return project.sorted(keys);
  }

  private void shuffle(List<Member> population) {
    for (int i = population.size() - 1; i > 0; i--) {
      int j = random.below(i + 1);
      Member swapped = population.get(i);
      population.set(i, population.get(j));
      population.set(j, swapped);
    }
  }
}
