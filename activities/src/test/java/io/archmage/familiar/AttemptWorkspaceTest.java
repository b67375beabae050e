package io.archmage.familiar;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.config.WorkspaceRules;
import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptFailure.Kind;
import io.archmage.contract.AttemptResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workspaces that are used again, set up, filled and kept. */
class AttemptWorkspaceTest {

  @TempDir
  private Path temp;
  private AttemptKit kit;

  @BeforeEach
  void create() throws IOException {
    kit = new AttemptKit(temp);
    Files.writeString(kit.repository.commonDirectory().resolve("info/exclude"),
        "*.ignored\n.env\n");
  }

  @AfterEach
  void close() throws IOException, InterruptedException {
    kit.close();
  }

  private static WorkspaceRules rules(List<String> setup, List<String> copies, boolean keep) {
    return new WorkspaceRules(
        List.of(),
        setup,
        List.of("a.txt"),
        Duration.ofMinutes(1),
        copies,
        keep,
        -1,
        Duration.ofMillis(50));
  }

  private AttemptResult succeeded(String task, int attempt) throws Exception {
    AttemptEnd end = kit.run(kit.request(task, attempt));
    assertThat(end).isInstanceOf(AttemptEnd.Succeeded.class);
    return ((AttemptEnd.Succeeded) end).result();
  }

  private AttemptFailure failed(String task, int attempt) throws Exception {
    AttemptEnd end = kit.run(kit.request(task, attempt));
    assertThat(end).isInstanceOf(AttemptEnd.Failed.class);
    return ((AttemptEnd.Failed) end).failure();
  }

  @Test
  void shouldUseAWorkspaceAgainWithNothingButIgnoredFilesInIt() throws Exception {
    kit.script(
        "pwd >>MARKS/places; ls -a | tr '\\n' ' ' >>MARKS/lists; echo >>MARKS/lists;"
            + " mkdir -p d/e empty; echo x >d/e/new; echo x >a.txt; rm tool.sh; echo i >c.ignored;"
            + " git commit -qam own 2>/dev/null; ln -s /etc l");

    succeeded("A", 1);
    AttemptResult second = succeeded("B", 1);

    assertThat(Files.readAllLines(kit.marks.resolve("places")).stream().distinct()).hasSize(1);
    assertThat(Files.readAllLines(kit.marks.resolve("lists")))
        .containsExactly(
            ". .. .git a.txt task.md tool.sh ", ". .. .git a.txt c.ignored task.md tool.sh ");
    assertThat(second.changedFiles()).containsExactly("a.txt", "d/e/new", "l", "tool.sh");
    assertThat(kit.pool().idle()).hasSize(1);
  }

  @Test
  void shouldMakeAWorkspaceAnewThatHasWhatGitDoesNotSee() throws Exception {
    kit.script("ls -a | tr '\\n' ' ' >MARKS/list; echo x >c.ignored; mkfifo pipe; mkdir -p g/.git");

    succeeded("A", 1);
    succeeded("B", 1);

    assertThat(kit.marks.resolve("list")).hasContent(". .. .git a.txt task.md tool.sh ");
  }

  @Test
  void shouldSetAWorkspaceUpOnceForItsInputs() throws Exception {
    kit.rules(
        rules(List.of("sh", "-c", "echo $ARCHMAGE_PORT_BASE >made.ignored; echo >>ran"), List.of(),
            false));
    Path log = kit.marks.resolve("log");
    kit.script("cat made.ignored >>MARKS/log; echo $ARCHMAGE_PORT_BASE >>MARKS/log");

    assertThat(succeeded("A", 1).commit()).as("what the setup made is no change").isNull();

    List<String> lines = Files.readAllLines(log);
    assertThat(lines).hasSize(2).allMatch(line -> line.matches("2[0-9]{4}"));
    assertThat(lines.get(0)).isEqualTo(lines.get(1));

    kit.rules(
        rules(List.of("sh", "-c", "echo x >made.ignored; echo >>" + log), List.of(), false));
    kit.script("test -f made.ignored");
    succeeded("A", 2);
    succeeded("B", 1);
    succeeded("B", 2);
    assertThat(Files.readAllLines(log)).as("one more run of the setup").hasSize(3);
  }

  @Test
  void shouldTakeTheChangesOfTheFamiliarToWhatTheSetupMade() throws Exception {
    kit.rules(
        rules(
            List.of("sh", "-c", "echo s >kept; echo s >edited; echo s >gone; echo s >a.txt"),
            List.of(),
            false));
    kit.script("echo f >edited; rm gone; echo a >a.txt; echo new >b.txt");

    AttemptResult result = succeeded("A", 1);

    assertThat(result.changedFiles()).containsExactly("b.txt", "edited");
  }

  @Test
  void shouldSayWhyASetupFailed() throws Exception {
    kit.rules(rules(List.of("sh", "-c", "echo no network >&2; exit 3"), List.of(), false));
    kit.script("touch MARKS/invoked");

    AttemptFailure failure = failed("A", 1);

    assertThat(failure.kind()).isEqualTo(Kind.EXIT);
    assertThat(failure.message()).isEqualTo("workspace.setup exited with 3: no network");
    assertThat(failure.invocations()).isZero();
    assertThat(kit.marks.resolve("invoked")).doesNotExist();
    assertThat(kit.pool().leases()).isEmpty();
    kit.rules(rules(List.of("no-such-program"), List.of(), false));
    assertThat(failed("A", 2).message()).contains("workspace.setup cannot start",
        "no-such-program");
  }

  @Test
  void shouldCopyFilesThatAreNeverRecorded() throws Exception {
    Files.writeString(kit.user.directory().resolve(".env"), "TOKEN=canary-4711\n");
    kit.rules(rules(List.of(), List.of(".env"), false));
    kit.script("cp .env MARKS/env; echo more >>.env; git add -A; git status --porcelain >MARKS/st");

    AttemptResult result = succeeded("A", 1);
    succeeded("B", 1);

    assertThat(result.commit()).isNull();
    assertThat(kit.marks.resolve("env")).hasContent("TOKEN=canary-4711");
    assertThat(kit.marks.resolve("st")).isEmptyFile();
    String objects =
        kit.user.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname)");
    for (String object : objects.lines().toList()) {
      assertThat(kit.user.git("cat-file", "-p", object)).doesNotContain("canary-4711");
    }
  }

  @Test
  void shouldRefuseToCopyWhatIsNotThereOrElsewhere() throws Exception {
    kit.rules(rules(List.of(), List.of("missing.env"), false));
    kit.script("true");
    AttemptFailure missing = failed("A", 1);
    assertThat(missing.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(missing.message()).contains("workspace.copy names missing.env, which is no file of");

    Files.writeString(temp.resolve("secret"), "s3cret");
    Files.createSymbolicLink(kit.user.directory().resolve(".env"), temp.resolve("secret"));
    kit.rules(rules(List.of(), List.of(".env"), false));
    assertThat(failed("A", 2).message()).contains("workspace.copy names .env");
  }

  @Test
  void shouldKeepTheWorkspaceOfAFailureIfAsked() throws Exception {
    kit.rules(rules(List.of(), List.of(), true));
    kit.script("echo half >half.txt; exit $((2 - ARCHMAGE_ATTEMPT))");

    AttemptFailure failure = failed("A", 1);

    Path kept = kit.pool().kept().getFirst();
    assertThat(failure.message())
        .isEqualTo("poet exited with 1 (its workspace is kept at " + kept.resolve("files") + ")");
    assertThat(kept.resolve("files/half.txt")).hasContent("half");
    succeeded("A", 2);
    assertThat(kit.pool().kept()).hasSize(1);
  }

  @Test
  void shouldRecordTheFilesWhileTheFamiliarRuns() throws Exception {
    kit.rules(rules(List.of(), List.of(), false));
    kit.script(
        "echo early >early.txt; head -c 11000000 /dev/zero >large.bin;"
            + " until git --git-dir='"
            + kit.repository.commonDirectory()
            + "' cat-file -e "
            + AttemptKit.REFS.attempt("A", 1)
            + ":early.txt 2>/dev/null; do sleep 0.02; done; echo late >late.txt;"
            + " git --git-dir='"
            + kit.repository.commonDirectory()
            + "' ls-tree -r --name-only "
            + AttemptKit.REFS.attempt("A", 1)
            + " >MARKS/so-far");

    AttemptResult result = succeeded("A", 1);

    assertThat(Files.readAllLines(kit.marks.resolve("so-far")))
        .contains("early.txt")
        .doesNotContain("large.bin");
    assertThat(result.changedFiles()).containsExactly("early.txt", "large.bin", "late.txt");
  }

  @Test
  void shouldMakeANewOneWhereSomebodySpoiltIt() throws Exception {
    kit.script("echo x >b.txt");
    succeeded("A", 1);
    Path root = kit.pool().idle().getFirst();
    Files.delete(root.resolve("workspace.properties"));

    assertThat(succeeded("B", 1).changedFiles()).containsExactly("b.txt");
    Files.writeString(kit.pool().idle().getFirst().resolve("index"), "spoilt");
    assertThat(succeeded("A", 2).changedFiles()).containsExactly("b.txt");
  }
}
