package io.archmage.familiar;

import static io.archmage.familiar.AttemptTest.failed;
import static io.archmage.familiar.AttemptTest.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.config.WorkspaceRules;
import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptFailure.Kind;
import io.archmage.contract.AttemptResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attempts that go on where an earlier one was cut off. */
@Timeout(60)
class ContinuedAttemptTest {

  private static final String SAYS = "echo '{\"session_id\": \"s-1\"}' >$ARCHMAGE_RESULT_FILE; ";
  private static final String HALF = "echo half >b.txt; pwd >MARKS/place; ";
  private static final String WHOLE = "cat b.txt; pwd | diff - MARKS/place && echo whole >>b.txt";

  @TempDir
  Path temp;
  private AttemptKit kit;

  @BeforeEach
  void create() throws IOException {
    kit = new AttemptKit(temp);
  }

  @AfterEach
  void close() throws IOException, InterruptedException {
    kit.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SIGNAL | kill -9 $$",
        "TIMEOUT | exec sleep 60",
        "STALL | exec sleep 60",
        "TRY_LATER | exit 75"
      })
  void shouldContinueTheSessionOverItsFiles(Kind kind, String end) throws Exception {
    kit.script(SAYS + HALF + end).resume("echo $0 $ARCHMAGE_SESSION_ID; " + WHOLE);

    AttemptFailure cut =
        failed(
            kit.run(
                kit.request(
                    "A",
                    1,
                    kind == Kind.TIMEOUT ? 300 : 60_000,
                    kind == Kind.STALL ? 300L : null,
                    false)));

    assertThat(cut.kind()).isEqualTo(kind);
    assertThat(cut.sessionId()).isEqualTo("s-1");
    assertThat(kit.pool().leases()).as("its place is held").hasSize(1);
    // Another task must not get the place meanwhile.
    kit.command("true");
    succeeded(kit.run(kit.request("B", 1)));
    AttemptResult result = succeeded(kit.run(kit.request("A", 2)));
    assertThat(result.output()).isEqualTo("s-1 s-1\nhalf\n");
    assertThat(result.sessionId()).as("the one it continued").isEqualTo("s-1");
    assertThat(kit.user.show(result.commit(), "b.txt")).isEqualTo("half\nwhole\n");
    assertThat(kit.log("A", 2, "prompt"))
        .endsWith(
            "An earlier attempt at this task was cut off. What it had done is in the workspace, as"
                + " changes that are not committed; look at them and go on from there.\n");
    assertThat(kit.pool().leases()).isEmpty();
  }

  @Test
  void shouldGoOnWithTheSessionAgainWhereItIsCutOffAgain() throws Exception {
    kit.script(SAYS + HALF + "kill -9 $$").resume("echo more >>b.txt; kill -9 $$");
    failed(kit.run(kit.request("A", 1)));

    assertThat(failed(kit.run(kit.request("A", 2))).sessionId()).isEqualTo("s-1");

    kit.resume("cat b.txt");
    assertThat(succeeded(kit.run(kit.request("A", 3))).output()).isEqualTo("half\nmore\n");
  }

  @Test
  void shouldBeginAnewWhereASessionCannotBeContinued() throws Exception {
    kit.script(SAYS + HALF + "kill -9 $$").resume("echo no such session >&2; exit 1");
    failed(kit.run(kit.request("A", 1)));
    AttemptFailure notContinued = failed(kit.run(kit.request("A", 2)));
    assertThat(notContinued.message()).isEqualTo("poet exited with 1: no such session");
    assertThat(kit.pool().leases()).isEmpty();
    kit.script("echo fresh ${ARCHMAGE_SESSION_ID-none}; cat b.txt");

    assertThat(succeeded(kit.run(kit.request("A", 3))).output()).isEqualTo("fresh none\nhalf\n");
  }

  @Test
  void shouldBeginFromTheLastSnapshotWithoutASession() throws Exception {
    kit.script(HALF + "rm a.txt; kill -9 $$").resume("echo never; exit 1");
    failed(kit.run(kit.request("A", 1)));
    assertThat(kit.pool().leases()).isEmpty();
    kit.script("git status --porcelain; cat \"$ARCHMAGE_PROMPT_FILE\"");

    AttemptResult result = succeeded(kit.run(kit.request("A", 2)));

    assertThat(result.output())
        .startsWith(" D a.txt\n?? b.txt\n")
        .contains("An earlier attempt at this task was cut off.");
    assertThat(result.changedFiles()).containsExactly("a.txt", "b.txt");
  }

  @ParameterizedTest
  @CsvSource({"exit 3, EXIT", "exec sleep 60, TIMEOUT", "exit 75, TRY_LATER"})
  void shouldBeginFromTheBaseAfterAFailureOfItsOwn(String end, Kind kind) throws Exception {
    kit.script((kind == Kind.EXIT ? SAYS : "") + HALF + end).resume("echo never");
    AttemptFailure failure =
        failed(
            kit.run(kit.request("A", 1, kind == Kind.TIMEOUT ? 300 : 60_000, null, false)));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.sessionId()).isEqualTo(kind == Kind.EXIT ? "s-1" : null);
    kit.script("git status --porcelain; cat \"$ARCHMAGE_PROMPT_FILE\"");

    AttemptResult result = succeeded(kit.run(kit.request("A", 2)));

    assertThat(result.output()).isEqualTo("From a file.\n\nDo A\n\nTask: A\n");
    assertThat(result.commit()).isNull();
  }

  @Test
  void shouldBeginFromTheBaseAloneWhereTheWorkDoesNotFitIt() throws Exception {
    kit.script(SAYS + "echo mine >a.txt; kill -9 $$").resume("echo never");
    failed(kit.run(kit.request("A", 1)));
    kit.base(kit.user.write("a.txt", "theirs\n").commit("merged meanwhile"));
    kit.script("cat a.txt \"$ARCHMAGE_PROMPT_FILE\"");

    AttemptResult result = succeeded(kit.run(kit.request("A", 2)));

    assertThat(result.output())
        .startsWith("theirs\n")
        .endsWith(
            "An earlier attempt at this task was cut off. What it had done does not fit what was"
                + " merged since, so the workspace is without it.\n");
    assertThat(result.changedFiles()).isEmpty();
    assertThat(kit.pool().leases()).isEmpty();
  }

  @Test
  void shouldCarryTheWorkToANewerBase() throws Exception {
    kit.script("echo mine >b.txt; kill -9 $$");
    failed(kit.run(kit.request("A", 1)));
    kit.base(kit.user.write("a.txt", "theirs\n").commit("merged meanwhile"));
    kit.script("cat a.txt b.txt");

    AttemptResult result = succeeded(kit.run(kit.request("A", 2)));

    assertThat(result.output()).isEqualTo("theirs\nmine\n");
    assertThat(result.changedFiles()).containsExactly("b.txt");
  }

  @Test
  void shouldKeepAFailureForPeopleAndStillHoldItsPlace() throws Exception {
    WorkspaceRules none = WorkspaceRules.DEFAULT;
    kit.rules(
        new WorkspaceRules(
            List.of(), List.of(), List.of(), none.setupTimeout(), List.of(), true, 4,
            none.snapshotEvery()));
    kit.script(SAYS + HALF + "kill -9 $$").resume(WHOLE);
    AttemptFailure cut = failed(kit.run(kit.request("A", 1)));
    assertThat(kit.run(kit.request("A", 1))).as("a repeat").isEqualTo(new AttemptEnd.Failed(cut));

    assertThat(succeeded(kit.run(kit.request("A", 2))).output()).isEqualTo("half\n");

    assertThat(kit.pool().kept()).hasSize(1);
    assertThat(kit.pool().kept().getFirst().resolve("files/b.txt")).hasContent("half");
  }

  @Test
  void shouldTakeNoIdThatCouldBeAnOption() throws Exception {
    kit.script(
        "echo '{\"session_id\": \"--yolo\"}' >$ARCHMAGE_RESULT_FILE; kill -9 $$").resume("true");

    assertThat(failed(kit.run(kit.request("A", 1))).sessionId()).isNull();
    assertThat(Files.exists(new AttemptFolder(kit.folder("A", 1)).resumed())).isFalse();
  }
}
