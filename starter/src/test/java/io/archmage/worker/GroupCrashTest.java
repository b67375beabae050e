package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.archmage.fault.Step;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers killed between the steps by which a group comes into its run. */
@Timeout(300)
class GroupCrashTest {

  /** Several workers start at once, on machines that are busy already. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource({
    "GROUP_JOINED, regular",
    "GROUP_JOINED, squash",
    "WORKTREE_REMOVED, regular",
    "GROUP_BRANCH_REMOVED, squash",
    "WORKTREE_MADE, regular",
    "GROUPS_CLAIMED, regular"
  })
  @Execution(ExecutionMode.CONCURRENT)
  void shouldMergeAGroupOnceWhateverIsKilled(Step step, String strategy) throws Exception {
    TestProject project = TestProject.make(folder.resolve("project"));
    project.git("tag", "start");
    DevServer server = DevServer.shared();
    GroupRun run = new GroupRun(server, folder, project);
    project.script("b", "echo b >b.txt; echo b >>src/app.txt");
    Path steps = WorkerJvm.steps(project);
    StepControl.stopAt(steps, step);
    try (WorkerJvm first = WorkerJvm.start(server.target(), run.queue, project)) {
      run.start(
          """
              tasks:
                - {id: a, familiar: codex, group: g}
                - {id: b, familiar: codex, group: h}
                - {id: c, familiar: codex, group: h, depends_on: [a, b]}
              """,
          "{\"merge_strategy\": \"" + strategy + "\"}");
      Await.until(
          PATIENCE, "a worker is at " + step, () -> StepControl.isAt(steps, step));
      first.kill();
    }
    StepControl.forget(steps, step);
    try (WorkerJvm second = WorkerJvm.start(server.target(), run.queue, project)) {
      JsonNode report = run.completed();

      assertThat(report.get("groups")).hasSize(2);
      assertThat(second.log()).doesNotContain("Exception");
    }
    assertThat(project.git("ls-tree", "--name-only", "main").lines())
        .contains("a.txt", "b.txt", "c.txt");
    assertThat(run.mainline()).filteredOn(subject -> subject.startsWith("g: ")).hasSize(1);
    assertThat(run.mainline()).filteredOn(subject -> subject.startsWith("h: ")).hasSize(1);
    assertThat(run.branches()).containsExactly("main");
    assertThat(project.git("worktree", "list").lines()).hasSize(1);
    assertThat(project.invocations()).containsExactlyInAnyOrder("a 1", "b 1", "c 1");
    assertThat(project.git("fsck", "--strict", "--no-dangling")).isEmpty();
    assertThat(project.git("status", "--porcelain")).isEmpty();
  }
}
