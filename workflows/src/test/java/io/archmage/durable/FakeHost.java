package io.archmage.durable;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptResult;
import io.archmage.contract.BringRequest;
import io.archmage.contract.BringResult;
import io.archmage.contract.CheckpointRequest;
import io.archmage.contract.CloseRunRequest;
import io.archmage.contract.FailureTypes;
import io.archmage.contract.FamiliarActivities;
import io.archmage.contract.GroupMergeRequest;
import io.archmage.contract.GroupMergeResult;
import io.archmage.contract.IntegrateRequest;
import io.archmage.contract.IntegrationResult;
import io.archmage.contract.InvokeRequest;
import io.archmage.contract.OpenRunActivity;
import io.archmage.contract.OpenRunRequest;
import io.archmage.contract.OpenedRun;
import io.archmage.contract.PlanPieceRequest;
import io.archmage.contract.PrepareRequest;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedTask;
import io.archmage.contract.PublishRequest;
import io.archmage.contract.Published;
import io.archmage.contract.RollbackRequest;
import io.archmage.contract.RollbackResult;
import io.archmage.contract.RunActivities;
import io.archmage.contract.RunKey;
import io.archmage.contract.RunOptions;
import io.archmage.contract.SharedRun;
import io.archmage.contract.Usage;
import io.archmage.contract.WorktreeState;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A host without git and processes: it answers what a test told it to. Used only where a test must
 * skip time; everything else runs on the real activities.
 */
final class FakeHost implements OpenRunActivity, RunActivities, FamiliarActivities {

  static final String QUEUE = "fake";

  /** What an attempt does. */
  sealed interface Script {
    record Succeed() implements Script {}

    record Fail(AttemptFailure.Kind kind, @Nullable Instant retryAt) implements Script {}

    record BlockUntilCancelled() implements Script {}
  }

  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<InvokeRequest> invocations = new CopyOnWriteArrayList<>();
  final List<IntegrateRequest> integrations = new CopyOnWriteArrayList<>();
  final CountDownLatch blocked = new CountDownLatch(1);
  final AtomicInteger mostInFlight = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final Map<String, IntegrationResult> merges = new ConcurrentHashMap<>();
  final Map<String, BringResult> brings = new ConcurrentHashMap<>();
  final Map<String, IntegrationResult> groupMerges = new ConcurrentHashMap<>();
  private volatile @Nullable PreparedPlan plan;
  private volatile List<PreparedTask> tasks = List.of();
  private volatile @Nullable String invalid;
  private volatile @Nullable String redirect;
  private volatile String hostQueue = QUEUE;
  private volatile @Nullable SharedRun shared;
  final CountDownLatch rollback = new CountDownLatch(1);
  volatile CountDownLatch rollbackGate = new CountDownLatch(0);
  volatile @Nullable RollbackResult rollbackResult;
  private volatile int pieceSize = Integer.MAX_VALUE;

  void serve(PreparedPlan template, List<PreparedTask> all) {
    plan = template;
    tasks = List.copyOf(all);
  }

  void refuse(String message) {
    invalid = message;
  }

  void redirectTo(String queue) {
    redirect = queue;
  }

  /** Several machines have the run; the one of that queue opened it. */
  void share(String queue, SharedRun value) {
    hostQueue = queue;
    shared = value;
  }

  void pieces(int size) {
    pieceSize = size;
  }

  void script(String task, int attempt, Script script) {
    scripts.put(task + "#" + attempt, script);
  }

  void merge(String task, int attempt, IntegrationResult result) {
    merges.put(task + "#" + attempt, result);
  }

  @Override
  public OpenedRun openRun(OpenRunRequest request, @Nullable RawValue options) {
    calls.add("open " + request.queue());
    String other = redirect;
    redirect = null;
    return new OpenedRun(
        shared == null ? "/repo" : "0123456789ab",
        "0123456789ab",
        "hash",
        QUEUE,
        hostQueue,
        other,
        RunOptions.NONE,
        shared,
        shared == null);
  }

  @Override
  public PreparedPlan preparePlan(PrepareRequest request, @Nullable RawValue document) {
    calls.add("prepare " + request.pattern());
    if (invalid != null) {
      throw ApplicationFailure.newNonRetryableFailure(invalid, FailureTypes.INVALID_PLAN);
    }
    PreparedPlan template = Objects.requireNonNull(plan);
    return new PreparedPlan(
        new RunKey(request.runId(), request.execution(), request.runId()),
        template.execution(),
        template.title(),
        template.baseCommit(),
        template.target(),
        "archmage/" + request.runId(),
        template.planId(),
        tasks.size(),
        tasks.subList(0, Math.min(pieceSize, tasks.size())),
        template.familiars(),
        template.maxParallel(),
        template.barrier(),
        template.maxRetries(),
        template.retryDelayMs(),
        template.retryCoefficient(),
        template.mergeStrategy(),
        template.publish(),
        template.notes(),
        template.conflicts(),
        template.escalate(),
        template.notifies(),
        template.limits(),
        template.rollback(),
        template.groups());
  }

  @Override
  public List<PreparedTask> planPiece(PlanPieceRequest request) {
    calls.add("piece " + request.from());
    return new ArrayList<>(
        tasks.subList(request.from(), Math.min(request.from() + pieceSize, tasks.size())));
  }

  @Override
  public AttemptResult invokeFamiliar(InvokeRequest request) {
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try {
      invocations.add(request);
      String key = request.task() + "#" + request.attempt();
      return switch (scripts.getOrDefault(key, new Script.Succeed())) {
        case Script.Succeed succeed -> result(request);
        case Script.Fail fail -> throw failure(request, fail);
        case Script.BlockUntilCancelled block -> throw untilCancelled(request);
      };
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private static AttemptResult result(InvokeRequest request) {
    Instant now = Instant.now();
    return new AttemptResult(
        "commit-" + request.task() + "-" + request.attempt(),
        "refs/archmage/x",
        List.of(request.task() + ".txt"),
        List.of(),
        "done " + request.task(),
        null,
        now,
        now.plusMillis(10),
        1,
        new Usage(1, 2, 1, 0.5));
  }

  private static ApplicationFailure failure(InvokeRequest request, Script.Fail fail) {
    AttemptFailure details =
        new AttemptFailure(
            fail.kind(),
            3,
            request.task() + " exited with 3",
            null,
            "",
            null,
            null,
            null,
            1,
            fail.retryAt(),
            Usage.NONE);
    return ApplicationFailure.newNonRetryableFailure(
        details.message(), FailureTypes.FAMILIAR, details);
  }

  private RuntimeException untilCancelled(InvokeRequest request) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    blocked.countDown();
    while (true) {
      try {
        context.heartbeat(request.task());
      } catch (ActivityCompletionException cancelled) {
        return cancelled;
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public IntegrationResult integrate(IntegrateRequest request) {
    integrations.add(request);
    IntegrationResult scripted = merges.get(request.task() + "#" + request.attempt());
    return scripted != null
        ? scripted
        : new IntegrationResult.Merged(
            "head-" + integrations.size(), "textual", List.of(request.task() + ".txt"));
  }

  @Override
  public BringResult bring(BringRequest request) {
    calls.add(
        "bring to " + request.group() + " for " + request.task() + " "
            + request.works().stream().map(w -> w.task() + "@" + w.commit()).toList());
    BringResult scripted = brings.get(request.task());
    return scripted != null
        ? scripted
        : new BringResult.Brought(
            request.works().isEmpty() ? request.knownHead() : "brought-" + request.task(),
            new WorktreeState("/repo/.worktrees/" + request.group(), null));
  }

  @Override
  public GroupMergeResult mergeGroup(GroupMergeRequest request) {
    String group = request.group().name();
    calls.add(
        "merge group " + group + " " + request.members() + " " + request.groupHead() + " into "
            + request.knownHead());
    IntegrationResult scripted = groupMerges.remove(group);
    return new GroupMergeResult(
        request.groupHead(),
        scripted != null
            ? scripted
            : new IntegrationResult.Merged("with-" + group, "textual", List.of("x")),
        new WorktreeState(scripted == null ? null : "/repo/.worktrees/" + group, null));
  }

  @Override
  public void checkpoint(CheckpointRequest request) {
    calls.add("checkpoint " + request.number() + " " + request.commit());
  }

  @Override
  public RollbackResult rollBack(RollbackRequest request) {
    calls.add(
        "roll back "
            + request.number()
            + " "
            + request.because()
            + " "
            + request.merges().stream().map(m -> m.task() + "@" + m.commit()).toList()
            + " from "
            + request.knownHead());
    rollback.countDown();
    try {
      rollbackGate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    RollbackResult result = rollbackResult;
    return result != null
        ? result
        : new RollbackResult.Undone("restored-" + request.number(), List.of("x"));
  }

  @Override
  public Published publish(PublishRequest request) {
    calls.add("publish " + request.head());
    return new Published(request.target(), request.head(), "fast_forward", null, null);
  }

  @Override
  public String closeRun(CloseRunRequest request) {
    calls.add("close " + request.report().get("status").asText());
    return "refs/archmage/" + request.run().name() + "/report";
  }
}
