package io.archmage.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.git.TestRepo;
import io.archmage.project.Project;
import io.archmage.share.RemoteWait;
import io.archmage.share.RunShare;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunClaimsTest extends PrepareFixture {

  private RunClaims claims;

  @BeforeEach
  void open() {
    claims = new RunClaims(repository);
  }

  @Test
  void shouldTakeTheRunsOwnNameAndMakeItsBranch() {
    RunClaims.Held held = claims.claim(claim("r", "e1"));

    assertThat(held.run().name()).isEqualTo("r");
    assertThat(held.run().runId()).isEqualTo("r");
    assertThat(held.run().execution()).isEqualTo("e1");
    assertThat(user.id("archmage/r")).isEqualTo(base);
    assertThat(repository.refs().read(new RunRefs("r").base())).contains(base);
    assertThat(claims.holder(new RunRefs("r"))).contains(held.claim());
  }

  @Test
  void shouldNumberFurtherExecutionsOfTheSameId() {
    assertThat(claims.claim(claim("r", "e1")).run().name()).isEqualTo("r");
    assertThat(claims.claim(claim("r", "e2")).run().name()).isEqualTo("r.2");
    assertThat(claims.claim(claim("r", "e3")).run().name()).isEqualTo("r.3");
    assertThat(claims.claim(claim("r", "e2")).run().name()).isEqualTo("r.2");
  }

  @Test
  void shouldGiveANameToOneRunOfAllMachines() {
    Path hub = temp.resolve("hub.git");
    user.git("clone", "-q", "--bare", user.directory().toString(), hub.toString());
    user.git("remote", "add", "hub", hub.toString());
    TestRepo clone = TestRepo.at(temp.resolve("clone"));
    user.git("clone", "-q", "-o", "hub", hub.toString(), clone.directory().toString());
    try (GitRepository there = clone.open()) {
      assertThat(shared(repository).claim(claim("r", "e1")).run().name()).isEqualTo("r");

      assertThat(shared(there).claim(claim("r", "e2")).run().name()).isEqualTo("r.2");
      assertThat(shared(there).claim(claim("r", "e1")).run().name()).isEqualTo("r");
      assertThat(shared(there).holder(new RunRefs("r"))).contains(claim("r", "e1"));
    }
  }

  private RunClaims shared(GitRepository opened) {
    Project project =
        new Project(
            "0123456789ab", opened, opened.commonDirectory(),
            configuration("share: {remote: hub}"), "0".repeat(64), temp.resolve("state"));
    return new RunClaims(opened, RunShare.of(project, RemoteWait.NOT_AT_ALL));
  }

  @Test
  void shouldKeepTheFirstBaseWhenAskedAgain() {
    claims.claim(claim("r", "e1"));
    String later = user.write("b.txt", "b\n").commit("later").hex();

    RunClaims.Held again = claims.claim(new RunClaims.Claim("r", "e1", later, "other", null, null));

    assertThat(again.claim()).isEqualTo(claim("r", "e1"));
    assertThat(user.id("archmage/r")).isEqualTo(base);
  }

  @Test
  void shouldNotMoveTheBranchOfARunThatWentOn() {
    claims.claim(claim("r", "e1"));
    user.write("b.txt", "b\n").commit("merged");
    user.git("update-ref", "refs/heads/archmage/r", "HEAD");

    claims.claim(claim("r", "e1"));

    assertThat(user.id("archmage/r")).isEqualTo(user.head());
  }

  @Test
  void shouldMakeTheBranchThatADeadWorkerDidNotMake() {
    claims.claim(claim("r", "e1"));
    user.git("update-ref", "-d", "refs/heads/archmage/r");
    user.git("update-ref", "-d", new RunRefs("r").base());

    assertThat(claims.claim(claim("r", "e1")).run().name()).isEqualTo("r");
    assertThat(user.id("archmage/r")).isEqualTo(base);
    assertThat(repository.refs().read(new RunRefs("r").base())).contains(base);
  }

  @Test
  void shouldLeaveABranchOfTheUserAlone() {
    user.write("b.txt", "b\n").commit("mine");
    user.git("branch", "archmage/r");
    String mine = user.head().hex();

    RunClaims.Held held = claims.claim(claim("r", "e1"));

    assertThat(held.run().name()).isEqualTo("r.2");
    assertThat(user.id("archmage/r").hex()).isEqualTo(mine);
    assertThat(user.id("archmage/r.2")).isEqualTo(base);
    assertThat(claims.claim(claim("r", "e1")).run().name()).isEqualTo("r.2");
  }

  @Test
  void shouldTakeAnotherNameWhereABranchBelowLeavesNoRoom() {
    user.git("branch", "archmage/r/mine");

    RunClaims.Held held = claims.claim(claim("r", "e1"));

    assertThat(held.run().name()).isEqualTo("r.2");
    assertThat(user.id("archmage/r.2")).isEqualTo(base);
  }

  private RunClaims.Claim claim(String run, String execution) {
    return new RunClaims.Claim(run, execution, base.hex(), "main", null, null);
  }
}
