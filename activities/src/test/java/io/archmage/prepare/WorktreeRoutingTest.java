package io.archmage.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.config.Configuration;
import io.archmage.contract.OpenRunRequest;
import io.archmage.contract.OpenedRun;
import io.archmage.git.GitRepository;
import io.archmage.git.TestRepo;
import io.archmage.project.Project;
import io.archmage.project.Projects;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs asked for from a linked worktree, of a worker that serves the main one. */
class WorktreeRoutingTest {

  @TempDir
  Path temp;
  private TestRepo user;
  private GitRepository repository;

  @BeforeEach
  void makeRepository() {
    user = TestRepo.init(temp.resolve("user"));
    user.write("a.txt", "a\n").commit("base");
    repository = user.open();
  }

  @AfterEach
  void close() {
    repository.close();
  }

  @Test
  void shouldStartFromTheBranchOfTheNamedWorktree() {
    user.git("worktree", "add", "-q", "-b", "side", temp.resolve("linked").toString());

    assertThat(route(Map.of("repository", temp.resolve("linked").toString())).options().target())
        .isEqualTo("refs/heads/side");
    assertThat(
        route(Map.of("repository", temp.resolve("linked").toString(), "target", "main"))
            .options()
            .target())
        .isEqualTo("main");
    assertThat(route(Map.of("repository", user.directory().toString())).options().target())
        .isNull();
  }

  @Test
  void shouldAskForATargetWhereTheNamedWorktreeHasNone() {
    user.git("worktree", "add", "-q", "--detach", temp.resolve("linked").toString());

    assertThatThrownBy(() -> route(Map.of("repository", temp.resolve("linked").toString())))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("on no branch");
  }

  private OpenedRun route(Map<String, String> options) {
    Project project =
        new Project(
            repository, user.directory(), Configuration.DEFAULT, "0", temp.resolve("state"));
    RunRouting.OtherWorkers nobody =
        new RunRouting.OtherWorkers() {
          @Override
          public boolean serve(String queue) {
            return false;
          }

          @Override
          public List<String> repositoriesBehind(String queue) {
            return List.of(project.id());
          }
        };
    Payload payload = DefaultDataConverter.STANDARD_INSTANCE.toPayload(options).orElseThrow();
    return new RunRouting(new Projects(List.of(project)), "archmage", "host", nobody)
        .route(new OpenRunRequest("run", "execution", "archmage"), new RawValue(payload));
  }
}
