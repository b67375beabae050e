package io.archmage.simulation;

import io.archmage.contract.IntegrationResult;
import io.archmage.durable.ShellModel;
import io.archmage.durable.ShellModel.Input;
import io.archmage.report.RunStatus;
import io.archmage.schedule.Decision;
import io.archmage.schedule.ScheduleState;
import io.archmage.schedule.TaskStatus;
import io.archmage.simulation.SimulatedCase.Task;
import io.archmage.simulation.SimulatedCase.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold after every step and at the end, told from outside of what it watches. */
final class Oracle {

  private static final long MINUTE = 60_000;

  private final World world;
  private final SortedSet<Integer> inFlight = new TreeSet<>();
  private final SortedSet<Integer> succeeded = new TreeSet<>();
  private final SortedMap<Integer, Integer> dispatches = new TreeMap<>();
  private final SortedMap<String, Integer> starts = new TreeMap<>();
  private final List<Long> dispatchTimes = new ArrayList<>();
  private final List<Long> firstFamiliarTimes = new ArrayList<>();

  Oracle(World world) {
    this.world = world;
  }

  /** A familiar begins, which is paid for. */
  void processStarted(Journal journal) {
    Task task = world.task(journal.request.task());
    int times = starts.merge(journal.key(), 1, Integer::sum);
    require(times == 1, "a familiar was started " + times + " times for " + journal.key());
    require(journal.workspace.whole, journal.key() + " began in an unfinished workspace");
    require(!world.workflow.isOver(), journal.key() + " began after the run's end");
    for (int need : task.needs()) {
      if (isThere(need) && taskOf(need).changes()) {
        require(
            journal.workspace.files.containsKey("out/t" + need),
            journal.key() + " began without the work of t" + need);
      }
    }
    int living = world.host.processes().living().size();
    require(
        living <= world.plan.rules().maxParallel(),
        living + " familiars at once, " + world.plan.rules().maxParallel() + " allowed");
    long same =
        world.host.processes()
            .living()
            .stream()
            .filter(other -> world.task(other.request.task()).familiar() == task.familiar())
            .count();
    int instances = world.plan.rules().instances().get(task.familiar());
    require(same <= instances, same + " of one familiar at once, " + instances + " allowed");
  }

  private boolean isThere(int id) {
    return world.plan.tasks().stream().anyMatch(task -> task.id() == id);
  }

  private Task taskOf(int id) {
    return world.task("t" + id);
  }

  /** Nobody may touch the files of a living familiar. */
  void workspaceUsed(Host.Workspace workspace, String how) {
    for (Journal journal : world.host.processes().living()) {
      require(
          journal.workspace != workspace,
          "the workspace " + how + " while " + journal.key() + " works in it");
    }
  }

  /** The run's branch has a new head. */
  void branchMoved(String head) {
    SortedMap<String, String> merged = new TreeMap<>();
    for (String mark : marks(head)) {
      String task = mark.replaceFirst("#.*", "");
      String before = mark.contains("#") ? merged.put(task, mark) : null;
      require(before == null, "merged twice: " + before + " and " + mark);
    }
    String known = world.workflow.shell().head();
    require(
        world.git.isAncestor(known, head),
        "the branch moved to " + head + " which lacks " + known + " that the run knows of");
  }

  /** A workflow task is over. */
  void workflowTask(List<Input> inputs, ShellModel shell) {
    for (Input input : inputs) {
      switch (input) {
        case Input.AttemptDone done -> inFlight.remove(done.task());
        case Input.AttemptBad bad -> inFlight.remove(bad.task());
        case Input.AttemptLost lost -> inFlight.remove(lost.task());
        case Input.AttemptCancelled cancelled -> inFlight.remove(cancelled.task());
        case Input.Merged merged -> toldOfMerge(merged);
        default -> {}
      }
    }
    shell.decisions()
        .stream()
        .filter(Decision.Dispatch.class::isInstance)
        .map(Decision.Dispatch.class::cast)
        .forEach(dispatch -> dispatched(dispatch, shell.state()));
    checkCaps();
    for (int task = 0; task < world.plan.tasks().size(); task++) {
      if (shell.state().status(task) == TaskStatus.SUCCEEDED && succeeded.add(task)) {
        succeeded(task, shell);
      }
    }
  }

  /** The answer to a merge that was made must not say that none was. */
  private void toldOfMerge(Input.Merged told) {
    String mark =
        Host.key(world.plan.tasks().get(told.task()).name(), told.attempt());
    boolean made = marks(world.workflow.shell().head()).contains(mark);
    boolean saysSo =
        told.result() instanceof IntegrationResult.Merged merged
            && !merged.how().equals("unchanged");
    require(saysSo || !made, mark + " was merged, and the answer is " + told.result());
  }

  /** Whose work is on the branch, in the words of its commits. */
  private List<String> marks(String head) {
    List<String> marks = new ArrayList<>();
    world.git.find(
        head,
        id -> id.equals(world.base),
        id -> {
          marks.add(world.git.commit(id).mark());
          return false;
        });
    return marks;
  }

  private void dispatched(Decision.Dispatch dispatch, ScheduleState state) {
    Task task = world.plan.tasks().get(dispatch.task());
    int times = dispatches.merge(dispatch.task(), 1, Integer::sum);
    require(times == dispatch.attempt(), "attempt " + dispatch + " is number " + times);
    for (int other = 0; other < world.plan.tasks().size(); other++) {
      Task before = world.plan.tasks().get(other);
      TaskStatus status = state.status(other);
      if (task.needs().contains(before.id())) {
        require(
            status == TaskStatus.SUCCEEDED,
            task.name() + " starts, but " + before.name() + " is " + status);
      }
      boolean first =
          task.after().contains(before.id())
              || world.plan.rules().barrier() && before.stage() < task.stage();
      require(
          !first || status.terminal(),
          task.name() + " starts before the end of " + before.name());
    }
    if (task.work() != Work.STEP) {
      inFlight.add(dispatch.task());
      dispatchTimes.add(world.agenda.now());
      if (task.familiar() == 0) {
        firstFamiliarTimes.add(world.agenda.now());
      }
    }
  }

  private void checkCaps() {
    require(
        inFlight.size() <= world.plan.rules().maxParallel(),
        inFlight.size() + " attempts at once");
    for (int familiar = 0; familiar < world.plan.rules().instances().size(); familiar++) {
      int number = familiar;
      long count =
          inFlight.stream()
              .filter(task -> world.plan.tasks().get(task).familiar() == number)
              .count();
      require(count <= world.plan.rules().instances().get(familiar), count + " of one familiar");
    }
    checkRate(firstFamiliarTimes, world.plan.rules().startsPerMinute());
    checkRate(dispatchTimes, world.plan.rules().callsPerMinute());
  }

  private void checkRate(List<Long> times, int limit) {
    if (limit > 0 && times.size() > limit) {
      long oldest = times.get(times.size() - 1 - limit);
      require(
          times.getLast() - oldest >= MINUTE,
          "more than " + limit + " starts within a minute: " + oldest + ", " + times.getLast());
    }
  }

  /** What is reported as done must be in the head. */
  private void succeeded(int index, ShellModel shell) {
    Task task = world.plan.tasks().get(index);
    String commit = shell.commit(index);
    if (task.changes()) {
      require(commit != null, task.name() + " succeeded without its work");
      String file = "out/" + task.name();
      SortedSet<String> wanted = world.git.tree(commit).get(file);
      require(
          wanted != null && wanted.equals(world.git.tree(shell.head()).get(file)),
          task.name() + " succeeded, but its work is not in the head " + shell.head());
    }
  }

  /** The run says that it has ended. */
  void finished() {
    ScheduleState state = world.workflow.shell().state();
    RunStatus status = world.workflow.finished();
    require(status != null, "the run never ended; it waits for " + waits(state));
    require(state.done(), "the run ended before its tasks");
    int all = world.plan.tasks().size();
    int good = state.count(TaskStatus.SUCCEEDED);
    RunStatus fits =
        good == all
            ? RunStatus.COMPLETED
            : state.cancelling()
                ? RunStatus.CANCELLED
                : good > 0 ? RunStatus.PARTIAL : RunStatus.FAILED;
    require(status == fits, "the run ended " + status + " with " + state.counts());
    for (int task = 0; task < all; task++) {
      String name = world.plan.tasks().get(task).name();
      require(
          state.status(task) == TaskStatus.SUCCEEDED
              || marks(world.workflow.shell().head())
                  .stream()
                  .noneMatch(mark -> mark.startsWith(name + "#")),
          name + " is " + state.status(task) + ", but its work is in the head");
    }
    require(
        !world.workflow.closed() || world.git.read(GitModel.REPORT).isPresent(),
        "the report of the run was not stored");
  }

  private List<String> waits(ScheduleState state) {
    List<String> waits = new ArrayList<>();
    for (int task = 0; task < world.plan.tasks().size(); task++) {
      waits.add(state.status(task) + " " + state.waitReason(task));
    }
    return waits;
  }

  /** Everything is quiet; no worker has anything left to do. */
  void quiet() {
    require(!world.engine.anyOpen(), "an activity is still open");
    require(
        world.host.processes().living().isEmpty(),
        "still alive: "
            + world.host.processes().living().stream().map(Journal::key).toList());
    require(world.host.leftovers().isEmpty(), "left behind: " + world.host.leftovers());
    world.host.processes().started().forEach(this::checkKept);
    checkTarget();
    ShellModel shell = world.workflow.shell();
    for (int index : succeeded) {
      succeeded(index, shell);
    }
  }

  /** Every attempt's files are under its ref. */
  private void checkKept(Journal journal) {
    boolean changed = !journal.left.equals(world.git.tree(journal.request.base()));
    String ref = GitModel.attemptRef(journal.request.task(), journal.request.attempt());
    require(
        !changed
            || world.git.read(ref)
                .filter(id -> world.git.tree(id).equals(journal.left))
                .isPresent(),
        "the work of " + journal.key() + " is under no ref");
  }

  private void checkTarget() {
    String target = world.git.read(GitModel.TARGET).orElseThrow();
    SortedSet<String> all = world.git.ancestors(target);
    for (String commit : world.user.commits()) {
      require(all.contains(commit), "the user's commit " + commit + " is not in main any more");
    }
    long published =
        all.stream()
            .filter(id -> world.git.commit(id).mark().startsWith(PublishModel.MARK))
            .count();
    require(published <= 1, "published " + published + " times");
    String how = world.workflow.published();
    String head = world.workflow.shell().head();
    boolean there =
        world.plan.rules().squash()
            ? published == 1 || world.git.tree(target).equals(world.git.tree(head))
            : all.contains(head);
    require(
        how == null || how.equals("left") || there,
        "said to be " + how + ", but main lacks the head " + head);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new Violation(message);
    }
  }
}
