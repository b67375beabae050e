package io.archmage.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.contract.PrepareRequest;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedTask;
import io.archmage.contract.RunOptions;
import io.archmage.git.CommitId;
import io.archmage.git.Identity;
import io.archmage.git.RunRefs;
import io.archmage.git.TaskTrailers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run that is known from its refs alone. */
class LostRunTest extends PrepareFixture {

  private static final String PLAN =
      """
          tasks:
            - {id: merged, familiar: codex, outputs: [src/**], output_key: found}
            - {id: Looked, familiar: gemini, depends_on: [merged]}
            - {id: unmerged, familiar: codex, outputs: [src/**]}
            - {id: failed, familiar: codex, depends_on: [merged]}
            - {id: old, familiar: codex}
            - {id: never, familiar: codex, input_from: found}
          """;

  private final RunRefs refs = new RunRefs("r");

  @BeforeEach
  void loseARun() {
    prepare("first", PLAN, new RunOptions(null, null, "squash", "never", 2, null, "plan.yaml"));
    advance("r", "first", "merged", 2, base);
    log("merged", 1, "failed");
    log("merged", 2, "succeeded");
    log("Looked", 1, "succeeded");
    repository.refs()
        .create(
            refs.unchanged("Looked", 1),
            repository.refs().read(refs.log("Looked", 1)).orElseThrow());
    log("unmerged", 1, "failed");
    log("unmerged", 2, "succeeded");
    log("failed", 1, "failed");
    repository.refs().create(refs.attempt("old", 1), base);
  }

  @Test
  void shouldTellHowFarEachTaskCame() {
    LostRun lost = lost("r");

    assertThat(lost.tasks())
        .extracting(TaskProgress::state)
        .containsExactly(
            TaskProgress.State.INTEGRATED,
            TaskProgress.State.UNCHANGED,
            TaskProgress.State.NOT_MERGED,
            TaskProgress.State.FAILED,
            TaskProgress.State.UNKNOWN,
            TaskProgress.State.NOT_BEGUN);
    assertThat(lost.tasks()).extracting(TaskProgress::attempts).containsExactly(2, 1, 2, 1, 1, 0);
    assertThat(lost.tasks().getFirst().commit()).isEqualTo(user.id("archmage/r"));
    assertThat(lost.done()).isEqualTo(2);
  }

  @Test
  void shouldPrepareWhatIsLeftOnTheRecoveredHead() {
    PreparedPlan plan = prepare("second", "{\"recover\": \"r\"}", RunOptions.NONE);

    assertThat(plan.run().name()).isEqualTo("r.2");
    assertThat(plan.baseCommit()).isEqualTo(user.id("archmage/r").hex());
    assertThat(plan.target()).isEqualTo("main");
    assertThat(plan.publish()).isEqualTo("never");
    assertThat(plan.mergeStrategy()).isEqualTo("squash");
    assertThat(plan.maxParallel()).isEqualTo(2);
    assertThat(plan.notes().toString()).contains("lost run r: 2 of 6 tasks were done before");
    assertThat(plan.tasks())
        .extracting(task -> plan.familiars().get(task.familiar()).name())
        .containsExactly("archmage", "archmage", "codex", "codex", "codex", "codex");
    assertThat(plan.tasks()).extracting(PreparedTask::after).containsOnly(List.of());
    assertThat(plan.tasks().getLast().needs()).containsExactly(0);
    assertThat(repository.refs().read(new RunRefs("r.2").log("merged", 1)))
        .isEqualTo(repository.refs().read(refs.log("merged", 2)));
    assertThat(record("r").hasEnded()).isTrue();
    assertThat(record("r").recoveredAs()).isEqualTo("r.2");
  }

  @Test
  void shouldNotTakeUndoneWorkForDone() {
    CommitId merged = user.id("archmage/r");
    String undone =
        TaskTrailers.message(
            "merged: undone",
            Map.of("Run", "r", "Execution", "first", TaskTrailers.UNDONE, "merged"));
    CommitId restored =
        repository.objects()
            .writeCommit(
                repository.objects().treeOf(base),
                List.of(merged),
                Identity.ARCHMAGE,
                undone,
                Instant.EPOCH);
    repository.refs().update(refs.branch(), restored, merged);

    TaskProgress task = lost("r").tasks().getFirst();

    assertThat(task.state()).isEqualTo(TaskProgress.State.UNDONE);
    assertThat(task.state().done()).isFalse();
    assertThat(task.commit()).isNull();
    advance("r", "first", "merged", 3, restored);
    assertThat(lost("r").tasks().getFirst().state()).isEqualTo(TaskProgress.State.INTEGRATED);
  }

  @Test
  void shouldGoOnFromTheBranchOfAGroupThatIsNotMerged() {
    prepare(
        "grouped-exec",
        """
            {"tasks": [
              {"id": "m", "familiar": "codex", "group": "team"},
              {"id": "n", "familiar": "codex", "group": "team", "depends_on": ["m"]}]}
            """,
        RunOptions.NONE);
    RunRecord grouped =
        new RunRecords(repository).ofExecution("grouped-exec").orElseThrow();
    CommitId work =
        repository.objects()
            .writeCommit(
                repository.objects().treeOf(base),
                List.of(base),
                Identity.ARCHMAGE,
                new TaskTrailers("r", "grouped-exec", "m", 1, "codex").message("m"),
                Instant.EPOCH);
    assertThat(user.id("team")).isEqualTo(base);
    repository.refs().update("refs/heads/team", work, base);

    LostRun lost = lost(grouped.name());
    PreparedPlan plan =
        prepare("after", "{\"recover\": \"" + grouped.name() + "\"}", RunOptions.NONE);

    assertThat(lost.tasks())
        .extracting(TaskProgress::state)
        .containsExactly(TaskProgress.State.INTEGRATED, TaskProgress.State.NOT_BEGUN);
    assertThat(plan.groups()).singleElement().matches(group -> group.name().equals("team"));
    assertThat(plan.groups().getFirst().head()).isEqualTo(work.hex());
    assertThat(plan.tasks()).extracting(PreparedTask::group).containsExactly(0, 0);
  }

  @Test
  void shouldGoOnOnceMoreWhenThatRunIsLostToo() {
    prepare("second", "{\"recover\": \"r\"}", RunOptions.NONE);
    advance("r.2", "second", "never", 1, user.id("archmage/r.2"));

    PreparedPlan plan = prepare("third", "{\"recover\": \"r.2\"}", RunOptions.NONE);

    assertThat(plan.run().name()).isEqualTo("r.3");
    assertThat(plan.tasks())
        .extracting(task -> plan.familiars().get(task.familiar()).name())
        .containsExactly("archmage", "archmage", "codex", "codex", "codex", "archmage");
    assertThat(repository.refs().read(new RunRefs("r.3").log("Looked", 1)))
        .isEqualTo(repository.refs().read(refs.log("Looked", 1)));
  }

  @Test
  void shouldAnswerARepeatAndRefuseASecondRecovery() {
    PreparedPlan first = prepare("second", "{\"recover\": \"r\"}", RunOptions.NONE);

    assertThat(prepare("second", "{\"recover\": \"r\"}", RunOptions.NONE)).isEqualTo(first);
    assertThatThrownBy(() -> prepare("third", "{\"recover\": \"r\"}", RunOptions.NONE))
        .hasMessageContaining("Run r goes on as r.2 already.");
    assertThatThrownBy(() -> prepare("third", "{\"recover\": \"none\"}", RunOptions.NONE))
        .hasMessageContaining("There is no run none in ");
  }

  @Test
  void shouldStandForTheRunWhenItsSuccessorWasLostBeforeItsPlan() {
    prepare("second", "{\"recover\": \"r\"}", RunOptions.NONE);
    user.git("update-ref", "-d", new RunRefs("r.2").plan());

    assertThat(record("r").hasEnded()).isFalse();
    assertThat(prepare("third", "{\"recover\": \"r\"}", RunOptions.NONE).run().name())
        .isEqualTo("r.3");
  }

  @Test
  void shouldGoOnUnderItsOwnIdOnly() {
    PrepareRequest request =
        new PrepareRequest("s", "second", null, user.directory().toString(), RunOptions.NONE);

    assertThatThrownBy(() -> preparation(request, "{\"recover\": \"r\"}"))
        .hasMessageContaining("use --workflow-id r.");
  }

  @Test
  void shouldRefuseARunThatHasEnded() throws Exception {
    byte[] report = new ObjectMapper().writeValueAsBytes(Map.of("execution_id", "first"));
    repository.refs().create(refs.report(), repository.objects().writeBlob(report));

    assertThat(record("r").hasEnded()).isTrue();
    assertThatThrownBy(() -> prepare("second", "{\"recover\": \"r\"}", RunOptions.NONE))
        .hasMessageContaining("Run r has ended: its report is stored");
  }

  @Test
  void shouldSayWhenTheBranchIsGoneOrIsAnother() {
    user.git("update-ref", "-d", "refs/heads/archmage/r");
    assertThatThrownBy(() -> lost("r")).hasMessageContaining("git branch archmage/r COMMIT");

    user.git("checkout", "-q", "--orphan", "other");
    user.commit("unrelated");
    user.git("branch", "archmage/r");
    assertThatThrownBy(() -> lost("r")).hasMessageContaining("does not descend from");
  }

  @Test
  void shouldKnowNothingOfWhatOthersPutThere() {
    user.git("update-ref", "refs/archmage/strange/run", "HEAD");

    assertThat(record("strange").claim()).isNull();
    assertThat(record("strange").name()).isEqualTo("strange");
  }

  @Test
  void shouldReadClaimsOfEarlierVersions() {
    String json =
        "{\"run_id\":\"Old\",\"execution\":\"e\",\"base\":\"" + base + "\",\"target\":\"main\"}";
    repository.refs()
        .create(
            new RunRefs("Old").runRef(),
            repository.objects().writeBlob(json.getBytes(StandardCharsets.UTF_8)));

    RunRecord record = record("Old");
    assertThat(record.name()).isEqualTo("Old");
    assertThat(record.claim())
        .isEqualTo(new RunClaims.Claim("Old", "e", base.hex(), "main", null, null));
  }

  private PreparedPlan prepare(String execution, String document, RunOptions options) {
    return preparation(
        new PrepareRequest("r", execution, null, user.directory().toString(), options), document);
  }

  private PreparedPlan preparation(PrepareRequest request, String document) {
    return new PlanPreparation(project(), request)
        .prepare(document.getBytes(StandardCharsets.UTF_8));
  }

  private RunRecord record(String name) {
    return new RunRecords(repository).named(name).orElseThrow();
  }

  private LostRun lost(String name) {
    return LostRun.read(repository, record(name));
  }

  private void advance(String name, String execution, String task, int attempt, CommitId head) {
    CommitId tree =
        repository.objects().writeTree(Map.of(task, task.getBytes(StandardCharsets.UTF_8)));
    CommitId commit =
        repository.objects()
            .writeCommit(
                tree,
                List.of(head),
                Identity.ARCHMAGE,
                new TaskTrailers("r", execution, task, attempt, "codex").message("do it"),
                Instant.EPOCH);
    repository.refs().update(new RunRefs(name).branch(), commit, head);
  }

  private void log(String task, int attempt, String end) {
    CommitId tree =
        repository.objects()
            .writeTree(
                Map.of(
                    KeptLog.END,
                    end.getBytes(StandardCharsets.UTF_8),
                    KeptLog.OUTPUT,
                    (task + attempt).getBytes(StandardCharsets.UTF_8)));
    repository.refs().create(refs.log(task, attempt), tree);
  }
}
