package io.archmage.simulation;

import io.archmage.contract.PreparedTask;
import io.archmage.simulation.SimulatedCase.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything of one simulated run. */
final class World {
  final SimulatedCase plan;
  final Mutation mutation;
  final Draws draws;
  final Agenda agenda = new Agenda();
  final GitModel git = new GitModel();
  final String base;
  final List<PreparedTask> prepared;
  final FaultMaker faults;
  final Oracle oracle;
  final Host host;
  final Engine engine;
  final WorkflowModel workflow;
  final UserModel user;
  private final List<String> trace = new ArrayList<>();

  World(SimulatedCase plan, Mutation mutation) {
    this.plan = plan;
    this.mutation = mutation;
    draws = plan.draws();
    base = git.write(new Commit(List.of(), GitTrees.of("readme", "hello"), "base", 0));
    git.set(GitModel.TARGET, Optional.of(base));
    git.set(GitModel.BRANCH, Optional.of(base));
    prepared = plan.prepared(mutation);
    faults = new FaultMaker(this);
    oracle = new Oracle(this);
    host = new Host(this);
    engine = new Engine(this);
    workflow = new WorkflowModel(this);
    user = new UserModel(this);
  }

  void note(String what) {
    trace.add(agenda.now() + " " + what);
  }

  List<String> trace() {
    return trace;
  }

  Task task(String name) {
    return plan.tasks().stream().filter(task -> task.name().equals(name)).findFirst().orElseThrow();
  }

  int id(String name) {
    return task(name).id();
  }
}
