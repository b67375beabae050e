package io.archmage.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.contract.FailureTypes;
import io.archmage.contract.OpenRunRequest;
import io.archmage.contract.OpenedRun;
import io.archmage.contract.SharedRun;
import io.archmage.git.GitRepository;
import io.archmage.git.TestRepo;
import io.archmage.project.Project;
import io.archmage.project.Projects;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunRoutingTest extends PrepareFixture {

  private TestRepo otherUser;
  private GitRepository otherRepository;
  private List<String> servedQueues = List.of();
  private List<String> behindQueue = List.of();

  @BeforeEach
  void createOther() {
    otherUser = TestRepo.init(temp.resolve("other"));
    otherUser.commit("base");
    otherRepository = otherUser.open();
  }

  @AfterEach
  void closeOther() {
    otherRepository.close();
  }

  @Test
  void shouldTakeTheOnlyRepository() {
    behindQueue = List.of(first().id());

    OpenedRun opened = route(List.of(first()), "archmage", null);

    assertThat(opened.repository()).isEqualTo(user.directory().toString());
    assertThat(opened.repositoryId()).isEqualTo(first().id());
    assertThat(opened.configHash()).isEqualTo("0".repeat(64));
    assertThat(opened.queue()).isEqualTo("archmage-" + first().id());
    assertThat(opened.hostQueue()).isEqualTo("archmage-" + first().id() + "@host");
    assertThat(opened.redirect()).isNull();
  }

  @Test
  void shouldTakeTheOnlyRepositoryBeforeTheServerKnowsItsPoller() {
    assertThat(route(List.of(first()), "archmage", null).repositoryId()).isEqualTo(first().id());
  }

  @Test
  void shouldTakeTheRepositoryThatAQueueStandsFor() {
    OpenedRun opened = route(List.of(first(), other()), "archmage-" + other().id(), null);

    assertThat(opened.repositoryId()).isEqualTo(other().id());
  }

  @Test
  void shouldAskForANameAmongSeveral() {
    behindQueue = List.of(first().id(), other().id());

    assertRefused(List.of(first(), other()), null, "Several repositories", "other", "user");
    assertRefused(List.of(first()), null, "Several repositories", "user");
  }

  @Test
  void shouldTakeTheRepositoryThatTheRunNames() {
    behindQueue = List.of(first().id(), other().id());
    List<Project> both = List.of(first(), other());

    assertThat(route(both, "archmage", named(otherUser.directory())).repositoryId())
        .isEqualTo(other().id());
    assertThat(
        route(both, "archmage", named(otherUser.directory().resolve(".git"))).repositoryId())
        .isEqualTo(other().id());
  }

  @Test
  void shouldRedirectToTheWorkerThatServesIt() {
    servedQueues = List.of("archmage-" + other().id());

    OpenedRun opened = route(List.of(first()), "archmage", named(otherUser.directory()));

    assertThat(opened.redirect()).isEqualTo("archmage-" + other().id());
  }

  @Test
  void shouldSayHowToServeWhatNobodyServes() {
    String path = otherUser.directory().toString();

    assertRefused(
        List.of(first()),
        named(otherUser.directory()),
        "No worker serves " + path,
        "archmage worker --repo " + path);
  }

  @Test
  void shouldRefuseWhatIsNoRepository() {
    assertRefused(List.of(first()), RawValues.json("{\"repository\": \"rel\"}"), "absolute path");
    assertRefused(List.of(first()), named(temp.resolve("missing")), "absolute path");
    assertRefused(List.of(first()), RawValues.json("{\"repository\": \"\\u0000\"}"), "no path");
    assertRefused(List.of(first()), named(temp), "cannot be used");
  }

  @Test
  void shouldRefuseWrongOptionsBeforeAnythingElse() {
    assertRefused(List.of(first()), RawValues.json("{\"repo\": 1}"), "unknown option \"repo\"");
  }

  private Project shared() {
    return new Project(
        "0123456789ab", repository, user.directory(),
        configuration("share: {remote: hub, takeover_after: 90s}"), "0".repeat(64),
        temp.resolve("state"));
  }

  @Test
  void shouldNameASharedRepositoryByItsId() {
    OpenedRun opened = route(List.of(shared()), "archmage", named(user.directory()));

    assertThat(opened.repository()).isEqualTo("0123456789ab");
    assertThat(opened.path()).isEqualTo(user.directory().toString());
    assertThat(opened.queue()).isEqualTo("archmage-0123456789ab");
    assertThat(opened.checkoutQueue()).isEqualTo("archmage-0123456789ab@host");
    assertThat(opened.shared())
        .isEqualTo(new SharedRun(user.directory().toString(), 90_000));
  }

  @Test
  void shouldSendARunToTheMachineWhoseCheckoutItStartsFrom() {
    RawValue options = RawValues.json("{\"repository\": \"/there\", \"host\": \"other\"}");
    servedQueues = List.of("archmage-0123456789ab@other");

    OpenedRun opened = route(List.of(shared()), "archmage-0123456789ab", options);

    assertThat(opened.redirect()).isEqualTo("archmage-0123456789ab@other");
    servedQueues = List.of();
    assertRefused(
        List.of(shared()), options, "No worker serves the repository on other, which host");
    assertRefused(List.of(first()), options, "shares no repository with other machines");
    assertThat(
        route(List.of(shared()), "archmage", RawValues.json("{\"host\": \"host\"}"))
            .redirect())
        .isNull();
  }

  private Project first() {
    return project();
  }

  private Project other() {
    return project(otherRepository, otherUser.directory());
  }

  private static RawValue named(Path path) {
    return RawValues.json("{\"repository\": \"" + path + "\"}");
  }

  private void assertRefused(List<Project> projects, RawValue options, String... said) {
    assertThatThrownBy(() -> route(projects, "archmage", options))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(FailureTypes.INVALID_PLAN);
              assertThat(failure.isNonRetryable()).isTrue();
              assertThat(failure.getOriginalMessage()).contains(said);
            });
  }

  private OpenedRun route(List<Project> projects, String queue, RawValue options) {
    RunRouting.OtherWorkers others =
        new RunRouting.OtherWorkers() {
          @Override
          public boolean serve(String asked) {
            return servedQueues.contains(asked);
          }

          @Override
          public List<String> repositoriesBehind(String asked) {
            return behindQueue;
          }
        };
    return new RunRouting(new Projects(projects), "archmage", "host", others)
        .route(new OpenRunRequest("r", "e", queue), options);
  }
}
