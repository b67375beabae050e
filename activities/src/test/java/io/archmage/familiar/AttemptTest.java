package io.archmage.familiar;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptFailure.Kind;
import io.archmage.contract.AttemptResult;
import io.archmage.contract.InvokeRequest;
import io.archmage.contract.Usage;
import io.archmage.plan.Execution;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.InputSource;
import io.archmage.plan.Plan;
import io.archmage.plan.Position;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends of attempts that one worker follows from their start. */
class AttemptTest {

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

  @Test
  void shouldKeepWhatASuccessLeft() throws Exception {
    kit.script("cat; echo new >b.txt; echo oops >&2");

    AttemptResult result = succeeded(kit.run(kit.request("A", 1)));

    assertThat(result.changedFiles()).containsExactly("b.txt");
    assertThat(result.notes()).isEmpty();
    assertThat(result.output()).isEqualTo("From a file.\n\nDo A\n\nTask: A\n");
    assertThat(result.attemptRef()).isEqualTo(AttemptKit.REFS.attempt("A", 1));
    assertThat(result.outputRef()).isEqualTo(AttemptKit.REFS.log("A", 1));
    assertThat(result.finishedAt()).isAfterOrEqualTo(result.startedAt());
    assertThat(kit.user.show(result.commit(), "b.txt")).isEqualTo("new\n");
    assertThat(kit.user.git("log", "-1", "--format=%an/%cn", result.commit()))
        .isEqualTo("Uma User/Archmage\n");
    assertThat(kit.log("A", 1, "stderr")).isEqualTo("oops\n");
    assertThat(kit.log("A", 1, "prompt")).isEqualTo(result.output());
    assertThat(kit.pool().leases()).isEmpty();
    assertThat(kit.journal("A", 1)).doesNotExist();
    assertThat(kit.user.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void shouldTakeAnyBytesAsOutput() throws Exception {
    kit.script(
        "printf 'a\\000\\377\\033[2Jb\\303\\n'; printf '\\376\\n' >&2; exit $ARCHMAGE_ATTEMPT");

    AttemptFailure failure = failed(kit.run(kit.request("A", 1)));

    assertThat(failure.message()).isEqualTo("poet exited with 1: \uFFFD");
    assertThat(failure.output()).isEqualTo("\uFFFD");
    kit.script("printf 'a\\000\\377\\033[2Jb\\303\\n'");
    AttemptResult result = succeeded(kit.run(kit.request("B", 1)));
    assertThat(result.output()).isEqualTo("a\u0000\uFFFD\u001b[2Jb\uFFFD\n");
  }

  @Test
  void shouldHandOutputsOnAndPassNoSecrets() throws Exception {
    kit.script(
        "if [ $ARCHMAGE_TASK_ID = A ]; then echo from A >\"$ARCHMAGE_OUTPUT_FILE\"; echo noise;"
            + " else cat \"$ARCHMAGE_INPUT_DIR\"/A; env; fi");
    assertThat(succeeded(kit.run(kit.request("A", 1))).output()).isEqualTo("from A\n");

    String output = succeeded(kit.run(kit.request("B", 1))).output();

    assertThat(output).startsWith("from A\n").contains("ARCHMAGE_TASK_ID=B");
    assertThat(output).doesNotContain("SECRET", "s3cret");
  }

  @Test
  void shouldHandOnByNameAndNameTheFilesInThePrompt() throws Exception {
    TaskSpec analyze = poet("1-analyze").outputKey("findings").build();
    TaskSpec fix =
        poet("2-fix")
            .inputFrom(List.of(new InputSource("findings", Position.UNKNOWN)))
            .outputKey("fixed_code")
            .build();
    kit.plan(
        new Plan(
            null, Execution.PIPELINE, List.of(analyze, fix, poet("3-verify").build()), List.of(),
            false, "Look at a.txt", null, null, null));
    kit.script("(cd \"$ARCHMAGE_INPUT_DIR\"; for f in *; do echo \"$f: $(cat $f)\"; done)");

    assertThat(succeeded(kit.run(kit.request("1-analyze", 1))).output())
        .isEqualTo("input: Look at a.txt\n");
    assertThat(succeeded(kit.run(kit.request("2-fix", 1))).output())
        .isEqualTo("findings: input: Look at a.txt\n");
    assertThat(succeeded(kit.run(kit.request("3-verify", 1))).output())
        .isEqualTo("fixed_code: findings: input: Look at a.txt\n");
    assertThat(kit.log("2-fix", 1, "prompt"))
        .contains("Input \"findings\": " + kit.folder("2-fix", 1).resolve("inputs/findings"));
  }

  @Test
  void shouldWarnOfFilesOutsideTheDeclaredOutputs() throws Exception {
    kit.plan(
        new Plan(
            null,
            Execution.DAG,
            List.of(
                poet("in").outputs(List.of("src/", "*.md", "docs")).build(),
                poet("out").outputs(List.of("src/auth/")).build(),
                poet("free").build()),
            List.of(),
            false));
    kit.script(
        "mkdir -p src/auth docs; echo 1 >src/x; echo 2 >src/auth/y; echo 3 >z.md; echo 4 >docs/d");

    assertThat(succeeded(kit.run(kit.request("in", 1))).notes()).isEmpty();
    assertThat(succeeded(kit.run(kit.request("free", 1))).notes()).isEmpty();
    AttemptResult out = succeeded(kit.run(kit.request("out", 1)));

    assertThat(out.notes())
        .containsExactly("warning: changed outside its outputs: docs/d, src/x, z.md");
    assertThat(out.changedFiles()).containsExactly("docs/d", "src/auth/y", "src/x", "z.md");
  }

  private static TaskSpec.Builder poet(String id) {
    return TaskSpec.builder(new TaskId(id), new FamiliarName("poet"));
  }

  @Test
  void shouldTakeTheReportOfTheFamiliar() throws Exception {
    kit.script(
        "echo noise; echo '{\"output\": \"said\", \"usage\": {\"api_calls\": 3}, \"tasks\": [1]}'"
            + " >\"$ARCHMAGE_RESULT_FILE\"");

    AttemptResult result = succeeded(kit.run(kit.request("A", 1)));

    assertThat(result.output()).isEqualTo("said");
    assertThat(result.usage()).isEqualTo(new Usage(0, 0, 3, 0));
    assertThat(result.notes()).hasSize(1);
    assertThat(result.commit()).isNull();
  }

  @Test
  void shouldDiscardTheChangesOfAReadOnlyTask() throws Exception {
    kit.script("echo new >b.txt");

    AttemptResult result = succeeded(kit.run(kit.request("A", 1, 60_000, null, true)));

    assertThat(result.commit()).isNull();
    assertThat(result.changedFiles()).isEmpty();
    assertThat(result.notes()).containsExactly("read-only: changes to 1 files discarded");
    assertThat(kit.user.show(result.attemptRef(), "b.txt")).isEqualTo("new\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo why >&2; exit 3 | EXIT | 3 | poet exited with 3: why",
        "echo a; echo b; exit 3 | EXIT | 3 | poet exited with 3: b",
        "exit 255 | EXIT | 255 | poet exited with 255",
        "kill -9 $$ | SIGNAL | 137 | poet was ended by signal 9",
        "echo '{' >$ARCHMAGE_RESULT_FILE | INVALID_RESULT | 0 | the result file of poet is not the"
            + " JSON object that is expected"
      })
  void shouldSayHowAFailureEnded(String script, Kind kind, int code, String message)
      throws Exception {
    kit.script("echo new >b.txt; " + script);

    AttemptFailure failure = failed(kit.run(kit.request("A", 1)));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.exitCode()).isEqualTo(code);
    assertThat(failure.message()).isEqualTo(message);
    assertThat(kit.user.show(failure.attemptRef(), "b.txt")).isEqualTo("new\n");
    assertThat(failure.outputRef()).isEqualTo(AttemptKit.REFS.log("A", 1));
  }

  @Test
  void shouldBeTriedAgainInAMinuteWithoutATime() throws Exception {
    kit.script("exit 75");

    AttemptFailure failure = failed(kit.run(kit.request("A", 1)));

    assertThat(failure.kind()).isEqualTo(Kind.TRY_LATER);
    assertThat(failure.retryAt()).isEqualTo(failure.finishedAt().plusSeconds(60));
  }

  @Test
  void shouldBeTriedAgainWhenTheFamiliarWants() throws Exception {
    Instant when = Instant.parse("2026-01-02T03:04:05Z");
    kit.script(
        "echo '{\"retry_after\": \"" + when + "\"}' >\"$ARCHMAGE_RESULT_FILE\"; exit 75");

    assertThat(failed(kit.run(kit.request("A", 1))).retryAt()).isEqualTo(when);
  }

  @Test
  void shouldEndAtTheTimeout() throws Exception {
    kit.script("echo new >b.txt; exec sleep 60");

    AttemptFailure failure = failed(kit.run(kit.request("A", 1, 300, null, false)));

    assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(failure.message()).isEqualTo("poet ran longer than its timeout of 300 ms");
    assertThat(kit.user.show(failure.attemptRef(), "b.txt")).isEqualTo("new\n");
  }

  @Test
  void shouldEndASilentFamiliar() throws Exception {
    kit.script("exec sleep 60");

    AttemptFailure failure = failed(kit.run(kit.request("A", 1, 60_000, 300L, false)));

    assertThat(failure.kind()).isEqualTo(Kind.STALL);
    assertThat(failure.message()).isEqualTo("poet wrote nothing for 300 ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 hour ago", "1 hour"})
  void shouldNotTakeAJumpOfTheClockForSilence(String when) throws Exception {
    // To whoever compares, files of another hour look as they do after a jump.
    kit.script(
        "touch -d '" + when + "' \"${ARCHMAGE_PROMPT_FILE%/*}\"/journal/*; sleep 1; echo done");

    AttemptResult result =
        succeeded(kit.run(kit.request("A", 1, 60_000, 20_000L, false)));

    assertThat(result.output()).isEqualTo("done\n");
  }

  @Test
  void shouldWaitForAFamiliarThatClosesItsOutputAndLivesOn() throws Exception {
    kit.script("echo said; exec >&- 2>&-; sleep 1; exec 3>late.txt; echo late >&3");

    AttemptResult result = succeeded(kit.run(kit.request("A", 1)));

    assertThat(result.output()).isEqualTo("said\n");
    assertThat(result.changedFiles()).containsExactly("late.txt");
  }

  @Test
  void shouldEndAFamiliarThatWritesTooMuchAndBoundItsLog() throws Exception {
    kit.script("echo begin; yes 0123456789 | head -c 200000100; exec sleep 60");

    AttemptFailure failure = failed(kit.run(kit.request("A", 1)));

    assertThat(failure.kind()).isEqualTo(Kind.OUTPUT_LIMIT);
    assertThat(failure.message())
        .startsWith("poet was ended because it wrote more than 200 MB to one of its streams");
    assertThat(failure.output().length()).isLessThanOrEqualTo(AttemptResult.MAX_OUTPUT);
    String log = kit.log("A", 1, "stdout");
    assertThat(log.length()).isBetween(10_000_000, 10_000_100);
    assertThat(log).startsWith("begin\n0123456789\n").contains(" bytes left out]\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no-such-program | no-such-program",
        "./tool.sh | tool.sh is not executable; try: chmod +x tool.sh",
        "./missing.sh | there is no file missing.sh in the workspace; is it committed?"
      })
  void shouldSayThatACommandCannotStart(String command, String said) throws Exception {
    kit.command(command);

    AttemptFailure failure = failed(kit.run(kit.request("A", 1)));

    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure.message()).startsWith("familiar poet cannot start: ").contains(said);
    assertThat(failure.startedAt()).isNull();
    assertThat(kit.pool().leases()).isEmpty();
  }

  @Test
  void shouldSayThatThereIsNoCommand() throws Exception {
    kit.command();

    assertThat(failed(kit.run(kit.request("A", 1))).message())
        .isEqualTo("familiar poet has no command in this worker's configuration");
  }

  @Test
  void shouldStopWhenCancelledAndKeepWhatWasThere() throws Exception {
    kit.script("echo new >b.txt; touch MARKS/started; exec sleep 60");

    AttemptFailure failure =
        failed(
            kit.run(
                kit.request("A", 1),
                AttemptKit.when(kit.marks.resolve("started"), AttemptControl.Wish.CANCEL)));

    assertThat(failure.kind()).isEqualTo(Kind.CANCELLED);
    assertThat(kit.user.show(failure.attemptRef(), "b.txt")).isEqualTo("new\n");
  }

  @Test
  void shouldNotStartWhatIsCancelledAlready() throws Exception {
    kit.script("touch MARKS/started");

    AttemptFailure failure =
        failed(
            kit.run(
                kit.request("A", 1), AttemptKit.when(kit.marks, AttemptControl.Wish.CANCEL)));

    assertThat(failure.kind()).isEqualTo(Kind.CANCELLED);
    assertThat(kit.marks.resolve("started")).doesNotExist();
  }

  @Test
  void shouldAnswerARepeatFromItsFileAndStartNothing() throws Exception {
    kit.script("echo x >>MARKS/starts; echo new >b.txt");
    InvokeRequest request = kit.request("A", 1);
    AttemptEnd first = kit.run(request);

    assertThat(kit.run(request)).isEqualTo(first);
    assertThat(Files.readString(kit.marks.resolve("starts"))).isEqualTo("x\n");
  }

  static AttemptResult succeeded(AttemptEnd end) {
    assertThat(end).isInstanceOf(AttemptEnd.Succeeded.class);
    return ((AttemptEnd.Succeeded) end).result();
  }

  static AttemptFailure failed(AttemptEnd end) {
    assertThat(end).isInstanceOf(AttemptEnd.Failed.class);
    return ((AttemptEnd.Failed) end).failure();
  }
}
