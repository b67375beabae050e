package io.archmage.cli;

import io.archmage.git.CommitId;
import io.archmage.prepare.LostRun;
import io.archmage.prepare.TaskProgress;
import io.archmage.render.Tables;
import io.archmage.render.TerminalSafe;
import java.util.List;

/** Lost runs as text for people. */
final class LostRunText {

  private LostRunText() {}

  static void print(
      List<LostRunView> lost, OpenedProject project, String address, Console console) {
    if (lost.isEmpty()) {
      console.out()
          .println(
              "No run of "
                  + project.repository()
                  + " is lost: the server at "
                  + address
                  + " knows each that has not ended.");
      return;
    }
    console.out()
        .println(
            "The server at "
                + address
                + " does not know "
                + (lost.size() == 1 ? "this run" : "these runs")
                + ", and no report of an end is stored.\nIf one goes on with another server, name"
                + " that one with --server.");
    lost.forEach(run -> print(run, console));
  }

  private static void print(LostRunView view, Console console) {
    LostRun run = view.candidate().run();
    String name = TerminalSafe.line(view.candidate().record().name());
    String target = view.claim().target() == null ? "" : " for " + view.claim().target();
    console.out()
        .println(
            "\n"
                + name
                + "  began at "
                + new CommitId(view.claim().base()).abbreviated()
                + TerminalSafe.line(target));
    if (run == null) {
      console.out()
          .println("  It cannot go on: " + TerminalSafe.line(view.candidate().because() + "."));
      console.out().println("  To give it up: archmage recover --give-up " + word(view));
      return;
    }
    Tables table = new Tables("  TASK", "FAMILIAR", "STATE", "ATTEMPTS", "NEXT");
    for (TaskProgress task : run.tasks()) {
      table.row(
          Tables.Cell.of("  " + TerminalSafe.line(task.task().id().value())),
          Tables.Cell.of(task.task().familiar().value()),
          Tables.Cell.of(state(task)),
          Tables.Cell.of(String.valueOf(task.attempts())),
          Tables.Cell.of(task.state().done() ? "nothing" : "runs again"));
    }
    table
        .lines(console.outStyle(), console.screen().width().getAsInt())
        .forEach(console.out()::println);
    if (view.folder() != null) {
      console.out()
          .println(
              "  Unfinished work lies in "
                  + TerminalSafe.line(view.folder().toString())
                  + ";\n  once the run goes on, a worker keeps it as attempts in git.");
    }
    console.out().println("  What cannot be known:");
    view.unknown().forEach(line -> console.out().println("    " + line));
    console.out()
        .println(
            "  "
                + run.done()
                + " of "
                + run.tasks().size()
                + " tasks are done. To go on: archmage recover --resume "
                + word(view)
                + "\n  To give it up: archmage recover --give-up "
                + word(view));
  }

  private static String word(LostRunView view) {
    return Shell.word(TerminalSafe.line(view.candidate().record().name()));
  }

  private static String state(TaskProgress task) {
    return task.commit() == null
        ? task.state().words()
        : task.state().words() + " as " + task.commit().abbreviated();
  }
}
