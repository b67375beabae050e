package io.archmage.durable;

import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedTask;
import io.archmage.contract.Published;
import io.archmage.report.Checkpoint;
import io.archmage.report.RunEvent;
import io.archmage.schedule.ScheduleState;
import io.archmage.schedule.TaskStatus;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything known of a run that goes on: the state of its schedule and a record per task. */
final class RunLedger {

  /** Events kept; older ones are dropped, so that a long run's state stays small. */
  private static final int MAX_EVENTS = 500;

  final PreparedPlan plan;
  final String repository;
  final Instant startedAt;
  final SlotTable slots = new SlotTable();
  final Groups groups;
  private final int size;
  private final List<TaskRecord> records;
  private final SortedMap<String, Integer> indices = new TreeMap<>();
  private final Deque<RunEvent> events = new ArrayDeque<>();
  private final List<Integer> neverReady = new ArrayList<>();
  private final List<Checkpoint> checkpoints = new ArrayList<>();
  private final List<String> notes;
  private ScheduleState state;
  private String head;
  private @Nullable Published published;
  private @Nullable String reportRef;
  private @Nullable Instant endedAt;
  private boolean cancelRequested;
  private int rollbacks;

  RunLedger(PreparedPlan plan, List<PreparedTask> tasks, String repository, Instant startedAt) {
    this.plan = plan;
    this.repository = repository;
    this.startedAt = startedAt;
    head = plan.baseCommit();
    notes = new ArrayList<>(plan.notes());
    groups = new Groups(plan, tasks);
    size = tasks.size();
    List<PreparedTask> all = new ArrayList<>(tasks);
    all.addAll(groups.merges());
    records = new ArrayList<>(all.size());
    for (PreparedTask task : all) {
      neverReady.add(records.size());
      indices.put(task.id(), records.size());
      GroupState group = groups.of(task);
      records.add(
          new TaskRecord(
              task,
              plan.familiars().get(task.familiar()).name(),
              group == null ? null : group.group.id()));
    }
    state = ScheduleState.initial(plan.scheduled(all));
  }

  ScheduleState state() {
    return state;
  }

  /** Takes the next state and notes which tasks have become ready by it. */
  void advance(ScheduleState next, Instant at) {
    state = next;
    neverReady.removeIf(
        task -> {
          if (state.status(task) == TaskStatus.BLOCKED) {
            return false;
          }
          if (state.status(task) != TaskStatus.SKIPPED
              && state.status(task) != TaskStatus.CANCELLED) {
            record(task).readyAt = at;
          }
          return true;
        });
  }

  /** Notes that an attempt of the task holds a slot from now on. */
  void takeSlot(int task) {
    slots.take(task, other -> record(other).inFlight());
  }

  TaskRecord record(int task) {
    return records.get(task);
  }

  OptionalInt indexOf(String id) {
    Integer index = indices.get(id);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  Collection<String> ids() {
    return indices.keySet();
  }

  /** How many tasks the plan has. */
  int size() {
    return size;
  }

  /** The same with the steps that merge groups, which the scheduler has behind them. */
  int sizeWithMerges() {
    return records.size();
  }

  boolean isMerge(int task) {
    return task >= size;
  }

  /** What people are shown: the tasks, then those merges of groups that need them. */
  List<Integer> shown() {
    List<Integer> shown = new ArrayList<>();
    for (int task = 0; task < records.size(); task++) {
      if (!isMerge(task) || state.status(task) == TaskStatus.AWAITING_PERSON) {
        shown.add(task);
      }
    }
    return shown;
  }

  /** Where the branch is that the task's work goes to: its group's, else the run's. */
  String headFor(TaskRecord record) {
    GroupState group = groups.holding(record.task);
    return group == null ? head : group.head;
  }

  /** Moves the branch that the task's work goes to. */
  void headIs(TaskRecord record, String commit) {
    GroupState group = groups.holding(record.task);
    if (group == null) {
      head = commit;
    } else {
      group.head = commit;
    }
  }

  String head() {
    return head;
  }

  void headIs(String commit) {
    head = commit;
  }

  List<Checkpoint> checkpoints() {
    return checkpoints;
  }

  void recorded(Checkpoint checkpoint) {
    checkpoints.add(checkpoint);
  }

  /** How many rollbacks undid something. */
  int rollbacks() {
    return rollbacks;
  }

  void rolledBack() {
    rollbacks++;
  }

  /** What the user should know: what the plan's preparation said, then what came up since. */
  List<String> notes() {
    return notes;
  }

  void note(String text) {
    notes.add(text);
  }

  @Nullable
  Published published() {
    return published;
  }

  void publishedAs(@Nullable Published value) {
    published = value;
  }

  @Nullable
  String reportRef() {
    return reportRef;
  }

  void reportStored(String ref) {
    reportRef = ref;
  }

  @Nullable
  Instant endedAt() {
    return endedAt;
  }

  void ended(Instant at) {
    endedAt = at;
  }

  boolean isCancelRequested() {
    return cancelRequested;
  }

  void cancelIsRequested() {
    cancelRequested = true;
  }

  void tell(Instant at, String type, @Nullable String task, String message) {
    if (events.size() == MAX_EVENTS) {
      events.removeFirst();
    }
    events.addLast(new RunEvent(at, type, task, message));
  }

  List<RunEvent> events() {
    return List.copyOf(events);
  }
}
