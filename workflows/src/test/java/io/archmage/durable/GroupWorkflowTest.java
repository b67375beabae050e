package io.archmage.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.BringResult;
import io.archmage.contract.ConflictSides;
import io.archmage.contract.FileConflict;
import io.archmage.contract.IntegrateRequest;
import io.archmage.contract.IntegrationResult;
import io.archmage.contract.InvokeRequest;
import io.archmage.contract.PreparedLimits;
import io.archmage.contract.TaskAnswer;
import io.archmage.report.GroupReport;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.archmage.report.StatusPage;
import io.archmage.report.WorktreePage;
import io.archmage.schedule.TaskStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Groups as a workflow sees them, without a cache: every task is a replay. */
@Timeout(60)
class GroupWorkflowTest {

  private final FakeHost host = new FakeHost();
  private final PlanRuns runs = PlanRuns.replayed(host);

  @AfterEach
  void end() {
    runs.close();
  }

  private PlanWorkflow plan() {
    return runs.plan("run");
  }

  private List<String> calls(String prefix) {
    return host.calls.stream().filter(call -> call.startsWith(prefix)).toList();
  }

  private String baseOf(String task) {
    return host.invocations.stream()
        .filter(request -> request.task().equals(task))
        .map(InvokeRequest::base)
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, GroupReport.Status> statuses(List<GroupReport> groups) {
    return groups.stream().collect(Collectors.toMap(GroupReport::group, GroupReport::status));
  }

  @Test
  void shouldMergeTasksIntoTheirGroupsAndGroupsIntoTheRun() {
    new Plans()
        .group("one")
        .task("a")
        .task("b", 0)
        .group("two")
        .task("c", 0)
        .group(null)
        .task("d", 2)
        .maxParallel(1)
        .on(host);

    RunReport report = plan().run(null, null);

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(host.integrations)
        .extracting(IntegrateRequest::group)
        .containsExactly("one", "one", "two", null);
    assertThat(calls("bring"))
        .containsExactly(
            "bring to one for a []",
            "bring to two for c [a@head-1]");
    assertThat(baseOf("d")).isEqualTo("with-two");
    assertThat(baseOf("c")).isEqualTo("brought-c");
    assertThat(baseOf("b")).isEqualTo("head-1");
    assertThat(calls("merge group"))
        .containsExactly(
            "merge group one [a, b] head-2 into base",
            "merge group two [c] head-3 into with-one");
    assertThat(report.headCommit()).isEqualTo("head-4");
    assertThat(report.tasks()).hasSize(4);
    assertThat(report.tasks().getFirst().group()).isEqualTo("one");
    assertThat(statuses(report.groups())).containsOnlyKeys("one", "two");
    assertThat(report.groups()).allMatch(group -> group.status() == GroupReport.Status.MERGED);
    assertThat(report.batches()).hasSize(3);
  }

  @Test
  void shouldMergeAGroupBeforeWhatNeedsItsLastTaskBegins() {
    new Plans().group("one").task("a").group(null).task("b", 0).maxParallel(5).on(host);

    RunReport report = plan().run(null, null);

    assertThat(calls("bring")).containsExactly("bring to one for a []");
    assertThat(calls("merge group")).containsExactly("merge group one [a] head-1 into base");
    assertThat(baseOf("b")).isEqualTo("with-one");
    assertThat(report.groups()).allMatch(group -> group.status() == GroupReport.Status.MERGED);
  }

  @Test
  void shouldChangeNothingForPlansWithoutGroups() {
    new Plans().task("a").task("b", 0).on(host);

    RunReport report = plan().run(null, null);

    assertThat(report.groups()).isEmpty();
    assertThat(calls("bring")).isEmpty();
    assertThat(calls("merge group")).isEmpty();
  }

  @Test
  void shouldAskAPersonAboutAGroupWhateverTheRuleAndRetryItsMergeAlone() throws Exception {
    host.groupMerges.put(
        "one",
        new IntegrationResult.Conflicted(
            "base",
            List.of(new FileConflict("x", "both edited the same lines", "z")),
            new ConflictSides("refs/ours", "refs/theirs")));
    new Plans().group("one").task("a").on(host);
    PlanWorkflow workflow = plan();
    WorkflowStub stub = WorkflowStub.fromTyped(workflow);
    stub.start(null, null);
    while (stub.query("status", StatusPage.class, (Object) null).tasks().size() < 2) {
      runs.sleep(Duration.ofMillis(10));
    }
    StatusPage page = stub.query("status", StatusPage.class, (Object) null);

    assertThat(page.tasks().getLast().id()).isEqualTo("one");
    assertThat(page.tasks().getLast().status()).isEqualTo(TaskStatus.AWAITING_PERSON);
    assertThat(page.counts()).containsEntry("awaiting_person", 1);
    assertThat(statuses(stub.query("worktrees", WorktreePage.class).worktrees()))
        .containsEntry("one", GroupReport.Status.CONFLICT);
    stub.update("retry", Object.class, new TaskAnswer("one"));
    RunReport report = stub.getResult(30, TimeUnit.SECONDS, RunReport.class);

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(host.invocations).hasSize(1);
    assertThat(calls("merge group")).hasSize(2);
  }

  @Test
  void shouldNotStartATaskWhoseNeedsDoNotMerge() throws Exception {
    host.brings.put(
        "b",
        new BringResult.Blocked(
            "two-head", "a", List.of(new FileConflict("x", "kind", "c")), null));
    new Plans().group("one").task("a").group("two").task("b", 0).on(host);
    WorkflowStub stub = WorkflowStub.fromTyped(plan());
    stub.start(null, null);
    while (!stub.query("status", StatusPage.class, (Object) null)
        .counts()
        .containsKey("awaiting_person")) {
      runs.sleep(Duration.ofMillis(10));
    }
    assertThat(host.invocations).hasSize(1);
    host.brings.clear();

    stub.update("retry", Object.class, new TaskAnswer("b"));
    RunReport report = stub.getResult(30, TimeUnit.SECONDS, RunReport.class);

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(baseOf("b")).isEqualTo("brought-b");
  }

  @Test
  void shouldMergeWhatSucceededWhereTheRunEndsAtAFailure() {
    host.script("b", 1, new FakeHost.Script.Fail(AttemptFailure.Kind.INVALID_RESULT, null));
    new Plans()
        .group("one")
        .task("a")
        .task("b", 0)
        .task("c", 1)
        .limits(new PreparedLimits(List.of(), null, null, true, List.of()))
        .on(host);

    WorkflowFailedException failure =
        catchThrowableOfType(WorkflowFailedException.class, () -> plan().run(null, null));
    RunReport report =
        ((ApplicationFailure) failure.getCause()).getDetails().get(0, RunReport.class);

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(calls("merge group")).containsExactly("merge group one [a] head-1 into base");
    assertThat(report.headCommit()).isEqualTo("with-one");
  }
}
