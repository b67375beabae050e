package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.PlanProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  private static final PlanProblem UNKNOWN =
      new PlanProblem(
          "unknown_familiar",
          "There is no familiar 'codx'.",
          "Write 'codex'.",
          "A",
          "plan.yaml",
          3,
          15,
          false);

  private static final PlanProblem MISSING =
      new PlanProblem(
          "no_command", "Familiar 'gemini' has no command.", "Give it one.", "B", null, 0, 0, true);

  @TempDir
  private Path directory;

  @BeforeEach
  void writePlan() throws IOException {
    Files.writeString(directory.resolve("plan.yaml"), "tasks: []\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "demo", "run", "plan", "validate", "status", "watch", "report", "timeline", "metrics",
        "logs", "diff", "open", "list", "cancel", "resolve", "retry", "skip", "reject", "worker",
        "server", "server stop", "init", "doctor"
      })
  void shouldExplainEveryCommand(String command) {
    String[] arguments = (command + " --help").strip().split(" ");

    CommandLineRun run = run(FixedEngine.CONTENT, arguments);

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("Usage: archmage " + command).contains("--version");
    assertThat(run.out().contains("--no-input")).isEqualTo(!command.isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock = """
          bogus                                | Unmatched argument at index 0: 'bogus'
          run                                  | Missing required parameter: 'PLAN'
          run missing.yaml                     | There is no file missing.yaml.
          run .                                | . is a directory; name the plan's file in it.
          run plan.yaml --max-concurrency 0    | --max-concurrency is 0; it is at least 1.
          run plan.yaml --merge-strategy best  | --merge-strategy is 'best'; it is regular or squash.
          run plan.yaml --config none.yaml     | There is no file none.yaml (--config).
          run plan.yaml --run-id latest        | --run-id is 'latest'; it is 1 to 200 characters
          run plan.yaml --server nowhere       | --server takes embedded or HOST:PORT
          worker --until-idle 5x               | '5x' is no duration; write 500ms, 30s, 5m, 2h or 7d
          list --limit 0                       | --limit is 0; it is at least 1.
          plan plan.yaml --tree --batch 1      | --tree shows the whole plan as text
          plan plan.yaml --group G             | Unknown options: '--group', 'G'
          report x --format pdf                | Invalid value for option '--format'
          logs x                               | Missing required parameter: 'TASK'
          run @plan.yaml                       | There is no file @plan.yaml.
          """)
  void shouldRefuseArgumentsThatCannotBeUsed(String line, String message) {
    CommandLineRun run = run(FixedEngine.CONTENT, line.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("archmage: ").contains(message).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void shouldNameEveryProblemWithItsPlaceAndFix() {
    CommandLineRun run =
        run(new FixedEngine(List.of(UNKNOWN, MISSING), List.of()), "validate", "plan.yaml");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            """
                plan.yaml:3:15: There is no familiar 'codx'.
                    fix: Write 'codex'.
                Familiar 'gemini' has no command.
                    fix: Give it one.
                2 problems
                """);
  }

  @Test
  void shouldEndWith3IfOnlyTheMachineIsToBlame() {
    FixedEngine engine = new FixedEngine(List.of(MISSING), List.of());

    assertThat(run(engine, "run", "plan.yaml").exitCode()).isEqualTo(3);
  }

  @Test
  void shouldPrintTheErrorAsJson() throws Exception {
    CommandLineRun run =
        run(
            new FixedEngine(List.of(UNKNOWN), List.of()),
            "run",
            "plan.yaml",
            "--json");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(Json.tree(run.out()))
        .isEqualTo(
            Json.tree(
                """
                    {"error": {"type": "InvalidPlan", "message": "plan.yaml cannot run: 1 problem in plan.yaml."},
                     "problems": [{"code": "unknown_familiar", "message": "There is no familiar 'codx'.",
                       "fix": "Write 'codex'.", "task": "A", "file": "plan.yaml", "line": 3,
                       "column": 15, "environment": false}]}
                    """));
  }

  @Test
  void shouldNotFollowALogAsJson() {
    CommandLineRun run = run(FixedEngine.CONTENT, "logs", "x", "y", "-f", "--json");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--follow and --json cannot be used together.");
  }

  @Test
  void shouldPrintUsageErrorsAsJsonToo() throws Exception {
    CommandLineRun run = run(FixedEngine.CONTENT, "status", "--json");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(Json.tree(run.out()).at("/error/type").asText()).isEqualTo("InvalidArguments");
  }

  @Test
  void shouldAcceptAPlanWithoutProblems() {
    CommandLineRun run =
        CommandLineRun.of(
            directory,
            new FixedEngine(List.of(), List.of("no outputs\u001b[2J")),
            "tasks: []",
            "validate",
            "-");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("standard input: no problems\n");
    assertThat(run.err()).isEqualTo("warning: no outputs\\e[2J\n");
  }

  @Test
  void shouldRefuseAServerThatDoesNotAnswer() {
    CommandLineRun run =
        run(FixedEngine.CONTENT, "status", "some-run", "--server", "127.0.0.1:1");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("127.0.0.1:1").doesNotContain("\tat ");
  }

  private CommandLineRun run(Engine engine, String... arguments) {
    return CommandLineRun.of(directory, engine, "", arguments);
  }
}
