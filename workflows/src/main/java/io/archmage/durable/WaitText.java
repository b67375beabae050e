package io.archmage.durable;

import io.archmage.schedule.RateLimit;
import io.archmage.schedule.TaskStatus;
import io.archmage.schedule.WaitReason;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Why a task waits, in words. */
final class WaitText {

  /** Tasks named one by one; the rest are counted. */
  private static final int NAMED = 5;

  private WaitText() {}

  static String of(int task, WaitReason reason, RunLedger ledger) {
    return switch (reason) {
      case WaitReason.Tasks tasks -> "waits for " + names(tasks.tasks(), ledger);
      case WaitReason.EarlierStage stage -> "waits for stage " + (stage.stage() + 1) + " to end";
      case WaitReason.Rollback rollback ->
        "waits until the work of " + names(rollback.tasks(), ledger) + " is undone";
      case WaitReason.Slot slot ->
        "waits for a slot: all " + slot.maxParallel() + " of the run are taken";
      case WaitReason.Instance instance ->
        "waits for "
            + instance.familiar()
            + ": all "
            + instance.instances()
            + " instances are taken";
      case WaitReason.Resource resource ->
        "waits for the resource " + resource.name() + ", of which there is " + resource.capacity();
      case WaitReason.Held held -> held(ledger.record(held.task()).task.id());
      case WaitReason.Rate rate ->
        of(rate.limit()) + ", next start " + clock(rate.until().plusMillis(999));
      case WaitReason.Until until -> "next attempt at " + clock(until.at());
      case WaitReason.Person person ->
        "waits for a person: " + ledger.record(task).because;
    };
  }

  static String held(String other) {
    return "slot held for " + other;
  }

  static String of(RateLimit limit) {
    return switch (limit) {
      case RateLimit.Starts starts ->
        "rate limit " + starts.familiar() + " " + starts.rate().text();
      case RateLimit.Calls calls ->
        "rate limit of all familiars " + calls.perMinute() + " calls/minute";
      case RateLimit.Tokens tokens ->
        "rate limit of all familiars " + tokens.perMinute() + " tokens/minute";
    };
  }

  private static String clock(Instant at) {
    return at.toString().substring(11, 19) + " UTC";
  }

  private static String name(int task, boolean alone, RunLedger ledger) {
    String id = ledger.record(task).task.id();
    if (ledger.state().status(task) != TaskStatus.AWAITING_PERSON) {
      return id;
    }
    return alone ? id + ", which waits for a person" : id + " (which waits for a person)";
  }

  /** The first tasks by name, the rest as a number. */
  static String names(List<Integer> tasks, RunLedger ledger) {
    String named =
        tasks.stream()
            .limit(NAMED)
            .map(task -> name(task, tasks.size() == 1, ledger))
            .collect(Collectors.joining(", "));
    return tasks.size() <= NAMED ? named : named + " and " + (tasks.size() - NAMED) + " more";
  }
}
