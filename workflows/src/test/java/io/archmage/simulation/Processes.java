package io.archmage.simulation;

import io.archmage.simulation.Journal.Ended;
import io.archmage.simulation.SimulatedCase.Task;
import io.archmage.simulation.SimulatedCase.Work;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Familiars under their supervisors: they go on whatever becomes of the worker. */
final class Processes {

  static final long LEASE = 300_000;
  private static final int LONGEST_CLAIM = 300;

  private final World world;
  private final List<Journal> started = new ArrayList<>();
  private int boot;

  Processes(World world) {
    this.world = world;
  }

  /** Every process that ever ran, in the order of their starts. */
  List<Journal> started() {
    return Collections.unmodifiableList(started);
  }

  List<Journal> living() {
    return started.stream().filter(journal -> journal.alive).toList();
  }

  /** Starts a supervisor, which claims the journal a moment later unless another one has. */
  void spawn(Journal journal) {
    int bootNow = boot;
    long delay = world.draws.below(LONGEST_CLAIM, "claim", world.id(journal.request.task()));
    world.agenda.in(
        delay,
        () -> {
          if (boot == bootNow && !journal.removed && !journal.claimed) {
            begin(journal);
          }
        });
  }

  private void begin(Journal journal) {
    Task task = world.task(journal.request.task());
    int attempt = journal.request.attempt();
    journal.claimed = true;
    journal.alive = true;
    journal.startedAt = world.agenda.now();
    journal.leaseUntil = journal.startedAt + LEASE;
    started.add(journal);
    world.note("familiar of " + journal.key() + " starts");
    world.oracle.processStarted(journal);
    TreeMap<String, TreeSet<String>> made = made(task, attempt, journal);
    long runTime = world.plan.runTime(task);
    world.agenda.in(runTime / 2, () -> half(journal, task, attempt));
    world.agenda.in(runTime, () -> whole(journal, task, attempt, made));
    world.agenda.in(LEASE, () -> lease(journal));
    look(journal);
  }

  /** Decided by what it finds at its start, as an agent reads before it writes. */
  private TreeMap<String, TreeSet<String>> made(Task task, int attempt, Journal journal) {
    TreeMap<String, TreeSet<String>> made = new TreeMap<>();
    if (task.work() == Work.NOTHING) {
      return made;
    }
    TreeSet<String> out = new TreeSet<>(List.of(task.name()));
    for (int need : task.needs()) {
      out.addAll(journal.workspace.files.getOrDefault("out/t" + need, new TreeSet<>()));
    }
    made.put("out/" + task.name(), out);
    made.put("stamp/" + task.name(), new TreeSet<>(List.of(Host.key(task.name(), attempt))));
    if (task.work() == Work.LOOSE || task.work() == Work.TIGHT) {
      String path = task.work() == Work.LOOSE ? "loose/0" : "tight/0";
      TreeSet<String> lines =
          new TreeSet<>(journal.workspace.files.getOrDefault(path, new TreeSet<>()));
      lines.add(task.name());
      made.put(path, lines);
    }
    return made;
  }

  private void half(Journal journal, Task task, int attempt) {
    if (!journal.alive) {
      return;
    }
    if (task.work() != Work.NOTHING) {
      journal.workspace.files.put(
          "draft/" + task.name(), new TreeSet<>(List.of(Host.key(task.name(), attempt))));
    }
    if (befalls(Fault.FAMILIAR_DIES, task, attempt, 10)) {
      end(journal, Ended.SIGNAL);
    } else if (befalls(Fault.SUPERVISOR_DIES, task, attempt, 10)) {
      lose(journal);
    }
  }

  private void whole(
      Journal journal, Task task, int attempt, TreeMap<String, TreeSet<String>> made) {
    if (!journal.alive) {
      return;
    }
    journal.workspace.files.remove("draft/" + task.name());
    journal.workspace.files.putAll(made);
    if (befalls(Fault.FAMILIAR_FAILS, task, attempt, 7)) {
      boolean hopeless = world.draws.once(5, "hopeless", task.id(), attempt);
      end(journal, hopeless ? Ended.BAD_RESULT : Ended.CODE);
    } else if (attempt < 6 && befalls(Fault.FAMILIAR_DEFERS, task, attempt, 9)) {
      end(journal, Ended.TRY_LATER);
    } else {
      end(journal, Ended.WELL);
    }
  }

  private boolean befalls(Fault fault, Task task, int attempt, int in) {
    boolean now =
        world.plan.may(fault) && world.draws.once(in, fault.name(), task.id(), attempt);
    if (now) {
      world.faults.count(fault, Host.key(task.name(), attempt));
    }
    return now;
  }

  private void lease(Journal journal) {
    if (journal.alive && world.agenda.now() >= journal.leaseUntil) {
      end(journal, Ended.LEASE);
    } else if (journal.alive) {
      world.agenda.in(journal.leaseUntil - world.agenda.now(), () -> lease(journal));
    }
  }

  /** Asks the supervisor to end it, which it does at its next look. */
  void cancel(Journal journal) {
    journal.cancelWanted = true;
    world.agenda.in(
        500,
        () -> {
          if (journal.alive) {
            end(journal, Ended.CANCELLED);
          }
        });
  }

  /** The process ends and its supervisor writes down how. */
  void end(Journal journal, Ended how) {
    lose(journal);
    journal.exit = how;
  }

  /** The process ends and nobody writes it down. */
  void lose(Journal journal) {
    if (journal.alive) {
      journal.alive = false;
      journal.endedAt = world.agenda.now();
      journal.left = new TreeMap<>(journal.workspace.files);
      world.note("familiar of " + journal.key() + " ends");
      look(journal);
    }
  }

  void restart() {
    boot++;
    living().forEach(this::lose);
  }

  private static void look(Journal journal) {
    if (journal.follower != null) {
      journal.follower.look();
    }
  }
}
