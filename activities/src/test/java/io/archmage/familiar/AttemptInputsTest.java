package io.archmage.familiar;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.contract.RunKey;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.git.TestRepo;
import io.archmage.plan.DependencyType;
import io.archmage.plan.FamiliarName;
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
    try (GitRepository repository = user.open()) {
      for (String id : new String[] {"T1", "t1", "T2", "../x", ".hidden", "soft"}) {
        log(repository, id, 1, "old " + id);
      }
      log(repository, "T1", 10, "newest T1");
      log(repository, "T1", 9, "newer T1");

      AttemptInputs.write(repository, new RunKey("r", "e", "r"), task, inputs);
    }

    assertThat(inputs.toFile().list())
        .containsExactlyInAnyOrder(
            "T2", RunRefs.escape("T1"), RunRefs.escape("t1"), RunRefs.escape("../x"),
            RunRefs.escape(".hidden"));
    assertThat(inputs.resolve(RunRefs.escape("T1"))).hasContent("newest T1");
    assertThat(inputs.resolve(RunRefs.escape("../x"))).hasContent("old ../x");
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
