package io.archmage.durable;

import io.archmage.contract.PreparedFamiliar;
import io.archmage.contract.PreparedGroup;
import io.archmage.contract.PreparedLimits;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedRollback;
import io.archmage.contract.PreparedTask;
import io.archmage.contract.RunKey;
import io.archmage.plan.Execution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prepared plans for tests. */
final class Plans {

  private final List<PreparedTask> tasks = new ArrayList<>();
  private int maxParallel = 4;
  private int instances = 100;
  private boolean barrier;
  private Execution execution = Execution.DAG;
  private @Nullable PreparedLimits limits;
  private @Nullable String conflicts;
  private boolean escalate;
  private List<String> notifies = List.of();
  private @Nullable PreparedRollback rollback;
  private final List<PreparedGroup> groups = new ArrayList<>();
  private @Nullable Integer group;
  private String mergeStrategy = "regular";

  Plans task(String id, int... needs) {
    return staged(id, 0, needs);
  }

  Plans staged(String id, int stage, int... needs) {
    List<Integer> list = new ArrayList<>();
    int batch = 0;
    for (int need : needs) {
      list.add(need);
      batch = Math.max(batch, tasks.get(need).batch() + 1);
    }
    int familiar = id.startsWith("own") ? 1 : 0;
    tasks.add(
        new PreparedTask(
            id,
            "do " + id,
            familiar,
            list,
            List.of(),
            stage,
            Math.max(batch, stage),
            tasks.size(),
            60_000,
            1_800_000,
            null,
            false,
            List.of(),
            group,
            List.of(),
            List.of()));
    return this;
  }

  Plans execution(Execution value) {
    execution = value;
    return this;
  }

  Plans maxParallel(int value) {
    maxParallel = value;
    return this;
  }

  Plans askOnConflict() {
    conflicts = "ask";
    return this;
  }

  Plans escalate() {
    escalate = true;
    return this;
  }

  Plans notifies() {
    notifies = List.of("command");
    return this;
  }

  /** Instances of codex. */
  Plans instances(int value) {
    instances = value;
    return this;
  }

  /** Says why the last task waits for each of what it needs. */
  Plans because(String... reasons) {
    PreparedTask last = tasks.removeLast();
    tasks.add(
        new PreparedTask(
            last.id(),
            last.title(),
            last.familiar(),
            last.needs(),
            last.after(),
            last.stage(),
            last.batch(),
            last.order(),
            last.estimateMs(),
            last.timeoutMs(),
            last.stallMs(),
            last.readOnly(),
            List.of(reasons)));
    return this;
  }

  Plans barrier() {
    barrier = true;
    return this;
  }

  Plans limits(PreparedLimits value) {
    limits = value;
    return this;
  }

  /** Whose tasks from now on belong to a group of that name, until the next one; null for none. */
  Plans group(@Nullable String name) {
    group = name == null ? null : groups.size();
    if (name != null) {
      groups.add(new PreparedGroup(name, "Group " + name, false, name, "base"));
    }
    return this;
  }

  /** With one commit for each group. */
  Plans squash() {
    mergeStrategy = "squash";
    return this;
  }

  /** With checkpoints; undoing what failed chains leave, or not. */
  Plans rollback(boolean undo) {
    rollback = new PreparedRollback(true, undo);
    return this;
  }

  void on(FakeHost host) {
    host.serve(plan(), tasks);
  }

  /** A ledger in which nothing has begun. */
  RunLedger ledger(Instant startedAt) {
    return new RunLedger(plan(), tasks, "/repo", startedAt);
  }

  private PreparedPlan plan() {
    return new PreparedPlan(
        new RunKey("x", "x", "x"),
        execution,
        "a plan",
        "base",
        "main",
        "archmage/x",
        "plan-id",
        tasks.size(),
        List.of(),
        List.of(new PreparedFamiliar("codex", instances), new PreparedFamiliar("archmage", 100)),
        maxParallel,
        barrier,
        2,
        5_000,
        1.0,
        mergeStrategy,
        "on_success",
        List.of(),
        conflicts,
        escalate,
        notifies,
        limits,
        rollback,
        groups);
  }
}
