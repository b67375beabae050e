package io.archmage.familiar;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.contract.InvokeRequest;
import io.archmage.contract.RunKey;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.git.TestRepo;
import io.archmage.plan.DependencyType;
import io.archmage.plan.Execution;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.InputSource;
import io.archmage.plan.Plan;
import io.archmage.plan.Position;
import io.archmage.plan.TaskDependency;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptInputsTest {

  private static final RunRefs REFS = new RunRefs("r");

  @TempDir
  Path temp;

  @Test
  void shouldGiveTheNewestOutputOfEachHardDependency() throws IOException {
    TestRepo user = TestRepo.init(temp.resolve("user"));
    user.commit("base");
    Path inputs = Files.createDirectory(temp.resolve("inputs"));
    TaskSpec task =
        TaskSpec.builder(new TaskId("Z"), new FamiliarName("codex"))
            .dependsOn(
                List.of(
                    dependency("T1", DependencyType.HARD),
                    dependency("t1", DependencyType.HARD),
                    dependency("T2", DependencyType.HARD),
                    dependency("../x", DependencyType.HARD),
                    dependency(".hidden", DependencyType.HARD),
                    dependency("silent", DependencyType.HARD),
                    dependency("soft", DependencyType.SOFT)))
            .build();
    Plan plan = new Plan(null, Execution.DAG, List.of(task), List.of(), false);
    try (GitRepository repository = user.open()) {
      for (String id : new String[] {"T1", "t1", "T2", "../x", ".hidden", "soft"}) {
        log(repository, id, 1, "old " + id);
      }
      log(repository, "T1", 10, "newest T1");
      log(repository, "T1", 9, "newer T1");

      new AttemptInputs(repository, request(null)).write(plan, task, inputs);
    }

    assertThat(inputs.toFile().list())
        .containsExactlyInAnyOrder(
            "T2", RunRefs.escape("T1"), RunRefs.escape("t1"), RunRefs.escape("../x"),
            RunRefs.escape(".hidden"));
    assertThat(inputs.resolve(RunRefs.escape("T1"))).hasContent("newest T1");
    assertThat(inputs.resolve(RunRefs.escape("../x"))).hasContent("old ../x");
  }

  @Test
  void shouldGiveTheWholeOutputOfTheAttemptThatSucceededByItsName() throws IOException {
    TestRepo user = TestRepo.init(temp.resolve("user"));
    user.commit("base");
    Path inputs = Files.createDirectory(temp.resolve("inputs"));
    TaskSpec first = step("1-analyze").outputKey("findings").build();
    TaskSpec second = step("2-fix").outputKey("fixed code").build();
    TaskSpec skipped = step("3-skipped").build();
    TaskSpec last =
        step("4-verify")
            .inputFrom(List.of(source("findings"), source("fixed code"), source("input")))
            .dependsOn(List.of(dependency("3-skipped", DependencyType.HARD)))
            .build();
    Plan plan =
        new Plan(
            null, Execution.PIPELINE, List.of(first, second, skipped, last), List.of(), false,
            "Begin here", null, null, null);
    String whole = "found ä\n".repeat(10_000);
    SequencedMap<String, Path> files;
    try (GitRepository repository = user.open()) {
      log(repository, "1-analyze", 1, "failed");
      log(repository, "1-analyze", 2, whole);
      log(repository, "1-analyze", 3, "never asked for");
      log(repository, "2-fix", 1, "fixed");
      log(repository, "2-fix", 2, "never asked for");
      log(repository, "3-skipped", 1, "failed");

      files =
          new AttemptInputs(repository, request(Map.of("1-analyze", 2, "3-skipped", 0)))
              .write(plan, last, inputs);
    }

    assertThat(files.keySet()).containsExactly("findings", "fixed code", "input");
    assertThat(inputs.toFile().list())
        .containsExactlyInAnyOrder("findings", RunRefs.escape("fixed code"), "input");
    assertThat(inputs.resolve("findings")).hasContent(whole);
    assertThat(files.get("fixed code")).hasContent("fixed");
    assertThat(inputs.resolve("input")).hasContent("Begin here");
  }

  private static TaskSpec.Builder step(String id) {
    return TaskSpec.builder(new TaskId(id), new FamiliarName("codex"));
  }

  private static InputSource source(String key) {
    return new InputSource(key, Position.UNKNOWN);
  }

  private static InvokeRequest request(@Nullable Map<String, Integer> attempts) {
    return new InvokeRequest(
        new RunKey("r", "e", "r"), "/repository", "plan", "Z", "codex", 1, "base", null, 1_000,
        null, false, attempts);
  }

  private static void log(GitRepository repository, String task, int attempt, String output) {
    byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
    repository
        .refs()
        .create(
            REFS.log(task, attempt), repository.objects().writeTree(Map.of("output", bytes)));
  }

  private static TaskDependency dependency(String id, DependencyType type) {
    return new TaskDependency(new TaskId(id), type, Position.UNKNOWN);
  }
}
