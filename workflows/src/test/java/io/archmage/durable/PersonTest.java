package io.archmage.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.archmage.contract.AnswerTaken;
import io.archmage.contract.AttemptFailure;
import io.archmage.contract.ConflictAnswer;
import io.archmage.contract.ConflictSides;
import io.archmage.contract.FailureTypes;
import io.archmage.contract.FileConflict;
import io.archmage.contract.IntegrateRequest;
import io.archmage.contract.IntegrationResult;
import io.archmage.contract.Notice;
import io.archmage.contract.PersonActivities;
import io.archmage.contract.TaskAnswer;
import io.archmage.contract.UnknownTaskException;
import io.archmage.report.RunEvent;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.archmage.report.StatusPage;
import io.archmage.report.TaskReport;
import io.archmage.schedule.TaskStatus;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that wait for a person, on a host that answers what a test tells it to. */
@Timeout(60)
class PersonTest {

  private static final ConflictSides SIDES =
      new ConflictSides("refs/archmage/x/conflicts/%42/ours",
          "refs/archmage/x/conflicts/%42/theirs");
  private static final IntegrationResult CONFLICT =
      new IntegrationResult.Conflicted(
          "head-1",
          List.of(new FileConflict("a b.txt", "both edited the same lines", "A")),
          SIDES);

  private final FakeHost host = new FakeHost();
  private final List<Notice> notices = new CopyOnWriteArrayList<>();
  private boolean deaf;
  private PlanRuns runs;

  @AfterEach
  void end() {
    runs.close();
  }

  private WorkflowStub start(String id, boolean cached) {
    PersonActivities people = this::told;
    runs = cached ? PlanRuns.on(host, people) : PlanRuns.replayed(host, people);
    WorkflowStub stub = WorkflowStub.fromTyped(runs.plan(id));
    stub.start(null, null);
    return stub;
  }

  private void told(String way, Notice notice) {
    notices.add(notice);
    if (deaf) {
      throw ApplicationFailure.newFailure("nobody listens", FailureTypes.HOST);
    }
  }

  /** A, then B that conflicts, C that needs B, and D that needs nothing. */
  private WorkflowStub asked(boolean cached) {
    new Plans().task("A").task("B", 0).task("C", 1).task("D").askOnConflict().notifies().on(host);
    host.merge("B", 1, CONFLICT);
    WorkflowStub stub = start("asked", cached);
    await(stub, "B", TaskStatus.AWAITING_PERSON);
    return stub;
  }

  private static void await(WorkflowStub stub, String id, TaskStatus status) {
    Instant deadline = Instant.now().plusSeconds(30);
    while (task(page(stub).tasks(), id).stream().noneMatch(task -> task.status() == status)) {
      assertThat(Instant.now()).as("%s is not %s", id, status).isBefore(deadline);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static StatusPage page(WorkflowStub stub) {
    return stub.query("status", StatusPage.class, (Object) null);
  }

  private static List<TaskReport> task(List<TaskReport> tasks, String id) {
    return tasks.stream().filter(task -> task.id().equals(id)).toList();
  }

  private static AnswerTaken resolve(WorkflowStub stub, String task, String how) {
    return stub.update("resolve", AnswerTaken.class, new ConflictAnswer(task, how, null));
  }

  private static ApplicationFailure refused(
      WorkflowStub stub, String update, Object answer) {
    WorkflowUpdateException failure =
        catchThrowableOfType(
            WorkflowUpdateException.class, () -> stub.update(update, AnswerTaken.class, answer));
    assertThat(failure).as("%s %s", update, answer).isNotNull();
    return (ApplicationFailure) failure.getCause();
  }

  private RunReport unsuccessful(WorkflowStub stub) {
    WorkflowFailedException failure =
        catchThrowableOfType(
            WorkflowFailedException.class, () -> stub.getResult(RunReport.class));
    return ((ApplicationFailure) failure.getCause()).getDetails().get(0, RunReport.class);
  }

  @Test
  void shouldShowTheQuestionEverywhereAndLetOthersGoOn() {
    WorkflowStub stub = asked(true);
    await(stub, "D", TaskStatus.SUCCEEDED);
    TaskReport b = task(page(stub).tasks(), "B").getFirst();

    assertThat(b.because())
        .isEqualTo(
            "waits for a person: conflict: a b.txt (both edited the same lines: B and A)");
    assertThat(b.question().ours().ref()).isEqualTo(SIDES.ours());
    assertThat(b.question().theirs().commit()).isEqualTo("commit-B-1");
    assertThat(b.question().look().getFirst().command())
        .isEqualTo("git -C /repo diff " + SIDES.ours() + " " + SIDES.theirs() + " -- 'a b.txt'");
    assertThat(b.question().answers())
        .extracting(command -> command.command())
        .contains(
            "archmage resolve asked B --ours",
            "archmage resolve asked B --commit REV",
            "archmage reject asked B",
            "temporal workflow update execute --workflow-id asked --name resolve --input"
                + " '{\"task\":\"B\",\"how\":\"ours\"}'");
    assertThat(task(page(stub).tasks(), "C").getFirst().because())
        .isEqualTo("waits for B, which waits for a person");
    assertThat(page(stub).counts()).containsEntry("awaiting_person", 1);
    assertThat((String[]) stub.describe().getMemo(WorkflowNames.AWAITING_MEMO, String[].class))
        .containsExactly("B");
    assertThat(
        stub.query("__temporal_workflow_metadata", WorkflowMetadata.class).getCurrentDetails())
        .contains(
            "| why |\n|---|---|---|---|---|---|---|\n| B | ❓ awaiting_person |",
            "1 awaiting_person",
            "**B** waits for a person since ",
            "- `archmage resolve asked B --theirs` takes the task's version of these files");
    stub.cancel("enough");
    assertThatThrownBy(() -> stub.getResult(RunReport.class))
        .cause()
        .isInstanceOf(CanceledFailure.class);
    assertThat(task(page(stub).tasks(), "B").getFirst().status()).isEqualTo(TaskStatus.CANCELLED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldMergeAsAPersonDecidedAndGoOn(boolean cached) {
    WorkflowStub stub = asked(cached);
    host.merge("B", 1, new IntegrationResult.Merged("decided", "person", List.of("a b.txt")));

    AnswerTaken taken = resolve(stub, "B", "theirs");

    assertThat(taken.status()).isEqualTo("succeeded");
    RunReport report = stub.getResult(RunReport.class);
    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    TaskReport b = task(report.tasks(), "B").getFirst();
    assertThat(b.merge().how()).isEqualTo("person");
    assertThat(b.attempts()).isEqualTo(1);
    assertThat(b.question()).isNull();
    IntegrateRequest request =
        host.integrations.stream().filter(i -> i.resolution() != null).findFirst().orElseThrow();
    assertThat(request.resolution().head()).isEqualTo("head-1");
    assertThat(request.resolution().files()).containsExactly("a b.txt");
    assertThat(request.attempt()).isEqualTo(1);
    assertThat(notices).hasSize(1);
    assertThat(notices.getFirst().answers()).contains("archmage resolve asked B --rerun");
    assertThat(report.events())
        .extracting(RunEvent::type)
        .containsSubsequence("person_asked", "person_answered", "task_succeeded");
  }

  @Test
  void shouldAskAgainWithTheReasonIfADecisionCannotBeDone() {
    WorkflowStub stub = asked(true);
    host.merge("B", 1, new IntegrationResult.Refused("that commit lacks the head", null));

    ApplicationFailure failure =
        refused(stub, "resolve", new ConflictAnswer("B", "commit", "abc"));

    assertThat(failure.getType()).isEqualTo(FailureTypes.NOT_ACCEPTED);
    assertThat(failure.getOriginalMessage()).isEqualTo("that commit lacks the head");
    await(stub, "B", TaskStatus.AWAITING_PERSON);
    assertThat(resolve(stub, "B", "rerun").message()).isEqualTo("runs again");
    assertThat(stub.getResult(RunReport.class).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(host.invocations)
        .filteredOn(request -> request.task().equals("B"))
        .extracting(request -> request.rerunBecause())
        .containsExactly(null, "conflict: a b.txt (both edited the same lines: B and A)");
    assertThat(notices).hasSize(1);
  }

  @Test
  void shouldRejectWhatDoesNotFitWithoutATrace() {
    WorkflowStub stub = asked(true);
    await(stub, "D", TaskStatus.SUCCEEDED);

    assertThat(refused(stub, "retry", new TaskAnswer("Z")).getType())
        .isEqualTo(UnknownTaskException.class.getName());
    assertThat(refused(stub, "skip", new TaskAnswer("D")).getOriginalMessage())
        .isEqualTo("Task D does not wait for a person; it is succeeded.");
    assertThat(refused(stub, "reject", new TaskAnswer(null)).getOriginalMessage())
        .startsWith("\"task\" is missing");
    assertThat(
        refused(stub, "resolve", new ConflictAnswer("B", "our", null)).getOriginalMessage())
        .contains("Did you mean \"ours\"?");
    assertThat(
        refused(stub, "resolve", new ConflictAnswer("B", "commit", null)).getOriginalMessage())
        .contains("\"commit\" is missing: a revision of /repo");
    assertThat(
        refused(stub, "resolve", new ConflictAnswer("B", "ours", "x")).getOriginalMessage())
        .contains("goes only with how \"commit\"");
    // The server of the tests writes workflow tasks even for rejections, but no update.
    assertThat(runs.history("asked").getEvents())
        .noneMatch(event -> event.hasWorkflowExecutionUpdateAcceptedEventAttributes());
  }

  @Test
  void shouldRefuseTheSecondOfTwoAnswers() {
    WorkflowStub stub = asked(true);

    resolve(stub, "B", "rerun");

    assertThat(refused(stub, "reject", new TaskAnswer("B")).getOriginalMessage())
        .startsWith("Task B ");
    assertThat(stub.getResult(RunReport.class).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void shouldSkipTheTaskAndWhatNeedsIt() {
    WorkflowStub stub = asked(true);

    AnswerTaken taken =
        stub.update("skip", AnswerTaken.class, new TaskAnswer("B"));

    assertThat(taken.status()).isEqualTo("skipped");
    RunReport report = unsuccessful(stub);
    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(task(report.tasks(), "B").getFirst().because()).startsWith("a person skipped it; ");
    assertThat(task(report.tasks(), "C").getFirst().because())
        .isEqualTo("needs B, which was skipped");
  }

  @Test
  void shouldFailARejectedTask() {
    WorkflowStub stub = asked(true);

    stub.update("reject", AnswerTaken.class, new TaskAnswer("B"));

    assertThat(task(unsuccessful(stub).tasks(), "B").getFirst().status())
        .isEqualTo(TaskStatus.FAILED);
  }

  @Test
  void shouldWaitInsteadOfFailingAndSayThatNobodyCouldBeTold() {
    deaf = true;
    new Plans().task("A").escalate().notifies().on(host);
    for (int attempt = 1; attempt <= 3; attempt++) {
      host.script("A", attempt, new FakeHost.Script.Fail(AttemptFailure.Kind.EXIT, null));
    }
    WorkflowStub stub = start("escalated", true);
    runs.sleep(Duration.ofMinutes(20));
    await(stub, "A", TaskStatus.AWAITING_PERSON);
    assertThat(page(stub).events())
        .anySatisfy(
            event -> assertThat(event.message()).isEqualTo("not told by command: nobody listens"));
    assertThat(notices).hasSize(4);
    assertThat(
        refused(stub, "resolve", new ConflictAnswer("A", "ours", null)).getOriginalMessage())
        .isEqualTo(
            "Task A waits for a person, but not because of a conflict: A exited with 3."
                + " Answer with retry, skip or reject.");

    stub.update("retry", AnswerTaken.class, new TaskAnswer("A"));

    RunReport report = stub.getResult(RunReport.class);
    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(task(report.tasks(), "A").getFirst().attempts()).isEqualTo(4);
  }

  @Test
  void shouldCarryOutADecisionBeforeACancelledRunEnds() {
    WorkflowStub stub = asked(true);
    stub.cancel("enough");

    assertThatThrownBy(() -> stub.getResult(RunReport.class))
        .cause()
        .isInstanceOf(CanceledFailure.class);
    assertThatThrownBy(() -> resolve(stub, "B", "ours")).isNotNull();
  }
}
