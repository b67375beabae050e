package io.archmage.schedule.search;

/** Makes schedules of lists, and better ones of those. */
final class Scheduling {

  private final Project project;
  private final Timetable forwards;
  private final Project reversed;
  private final Timetable backwards;
  private long schedules;

  Scheduling(Project project) {
    this.project = project;
    this.forwards = new Timetable(project);
    this.reversed = project.backwards();
    this.backwards = new Timetable(reversed);
  }

  /**
   * Places the list, then everything as late as it can be, from the last to the first, then as
   * early as it can be: double justification (Valls, Ballestín and Quintanilla, 2005). Without
   * urgencies that makes no schedule longer.
   */
  Schedule of(int[] list) {
    Schedule first = Schedule.of(project, forwards.place(list));
    Schedule late =
        Schedule.of(reversed, backwards.place(first.mirrored(project).list(reversed)));
    Schedule early =
        Schedule.of(project, forwards.place(late.mirrored(project).list(project)));
    schedules += 3;
    return early.makespan() <= first.makespan() ? early : first;
  }

  /** How many steps were looked at so far. */
  long work() {
    return forwards.work() + backwards.work();
  }

  long schedules() {
    return schedules;
  }
}
