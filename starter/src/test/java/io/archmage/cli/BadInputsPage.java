package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.document.DocumentReader;
import io.archmage.prepare.PlanChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the program prints for bad inputs, as rows of docs/bad-inputs.md. */
final class BadInputsPage {

  private static final String VALIDATOR = "PlanValidatorTest#";

  private final BadInputKit kit;

  BadInputsPage(BadInputKit kit) {
    this.kit = kit;
  }

  /** One row per kind of mistake that a plan can have. */
  List<BadInput> plans() throws IOException {
    Map<String, BadInput> found = new LinkedHashMap<>();
    List<Path> cases = BadInputKit.plans();
    for (ProblemCode code : ProblemCode.values()) {
      cases.stream()
          .filter(file -> file.getFileName().toString().startsWith(code.key() + "."))
          .forEach(file -> plan(found, file, code.key()));
    }
    cases.forEach(file -> plan(found, file, null));
    large(found);
    List<BadInput> rows = new ArrayList<>();
    for (ProblemCode code : ProblemCode.values()) {
      assertThat(found).as("codes of the cases").containsKey(code.key());
      rows.add(found.get(code.key()));
    }
    return rows;
  }

  private void plan(Map<String, BadInput> found, Path file, @Nullable String only) {
    CommandLineRun run = kit.validate(kit.take(file));
    for (JsonNode problem : problems(run)) {
      String code = problem.path("code").asText();
      if (only == null || only.equals(code)) {
        found.putIfAbsent(code, row(run, problem, BadInputKit.link(file)));
      }
    }
  }

  private void large(Map<String, BadInput> found) throws IOException {
    large(
        found, "too_large", "# " + "x".repeat(DocumentReader.MAX_SIZE),
        "DocumentReaderTest#shouldRefuseDocumentsThatAreTooLarge");
    large(
        found, "too_many_tasks", tasks(PlanChecker.MAX_TASKS + 1, i -> ""),
        "PlanCheckerTest#shouldRefuseTooManyTasks");
    large(
        found, "too_many_edges",
        tasks(2_200, i -> ", action: " + (i % 2 == 0 ? "implement" : "review")),
        VALIDATOR + "shouldRefuseTooManyInferredEdges");
    large(
        found, "description_too_long",
        tasks(1, i -> ", description: '" + "x".repeat(200_000) + "'"),
        VALIDATOR + "shouldRefuseLongDescriptionsWithAWayOut");
    kit.write("unknown_outputs.yaml", tasks(2, i -> ""));
    CommandLineRun run = kit.run("validate", "unknown_outputs.yaml", "--config", "archmage.yaml");
    found.put(
        "unknown_outputs",
        new BadInput(
            "`unknown_outputs`", "" + run.exitCode(), first(run),
            "BadInputsPageTest#shouldShowWhatTheCommandsPrint"));
  }

  private void large(Map<String, BadInput> found, String code, String text, String test)
      throws IOException {
    String name = code + ".yaml";
    kit.write(name, text);
    CommandLineRun run = kit.validate(name);
    JsonNode problem = problems(run).path(0);
    assertThat(problem.path("code").asText()).isEqualTo(code);
    found.put(code, row(run, problem, test));
  }

  private static String tasks(int count, IntFunction<String> more) {
    return IntStream.range(0, count)
        .mapToObj(i -> "  - {id: t" + i + ", familiar: codex" + more.apply(i) + "}\n")
        .collect(Collectors.joining("", "tasks:\n", ""));
  }

  /** One row per file with a bad configuration. */
  List<BadInput> configurations() {
    List<BadInput> rows = new ArrayList<>();
    for (Path file : BadInputKit.configurations()) {
      CommandLineRun run = kit.run("validate", "good.yaml", "--config", kit.take(file));
      String name = file.getFileName().toString().replaceAll("\\..*", "").replace('_', ' ');
      rows.add(new BadInput(name, "" + run.exitCode(), first(run), BadInputKit.link(file)));
    }
    return rows;
  }

  /** Bad arguments, and places where nothing can run. */
  List<BadInput> surroundings() throws IOException {
    Path nowhere = Files.createDirectories(kit.directory().resolve("no-repository"));
    Path fresh = Files.createDirectories(kit.directory().resolve("no-commit"));
    assertThat(ran(fresh, "git", "init", "--quiet")).isZero();
    Files.write(kit.directory().resolve("latin1.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});
    CommandLineRun away = kit.run("status", "some-run", "--server", "127.0.0.1:1");
    Files.writeString(kit.directory().resolve("good.yaml"), "tasks: [{id: A, familiar: codex}]\n");
    String good = "../good.yaml";
    List<BadInput> rows = new ArrayList<>();
    add(rows, "no such plan", kit.run("validate", "missing.yaml"));
    add(rows, "a directory as plan", kit.run("validate", "src"));
    add(rows, "a plan that is not UTF-8", kit.run("validate", "../latin1.yaml"));
    add(
        rows, "a configuration that is not UTF-8",
        kit.run("validate", "good.yaml", "--config", "../latin1.yaml"));
    add(rows, "no such configuration", kit.run("validate", "good.yaml", "--config", "none.yaml"));
    add(rows, "no such directory", kit.in(nowhere, "validate", good, "--repo", "missing"));
    add(rows, "not a repository", kit.in(nowhere, "validate", good));
    add(rows, "no commit yet", kit.in(fresh, "validate", good));
    add(rows, "no such branch", kit.run("run", "good.yaml", "--target", "no-such-branch"));
    add(rows, "the server is away", withoutCause(away));
    add(
        rows, "control characters in a run's id",
        kit.run("run", "good.yaml", "--run-id", "a\u001b[2J"));
    add(rows, "control characters in an argument", kit.run("validate", "a\u001b[2J.yaml"));
    add(rows, "an unknown option", kit.run("validate", "good.yaml", "--confg", "x"));
    return rows;
  }

  private static void add(List<BadInput> rows, String input, CommandLineRun run) {
    assertThat(run.err()).as(input).doesNotContain("\tat ", "should not have happened", "\u001b");
    rows.add(
        new BadInput(input, "" + run.exitCode(), first(run),
            "BadInputsPageTest#shouldShowWhatTheCommandsPrint"));
  }

  /** How a connection failed is said in other words by every system. */
  private static CommandLineRun withoutCause(CommandLineRun run) {
    return new CommandLineRun(
        run.exitCode(), run.out(), run.err().replaceFirst("\\(.*\\)\\. ", "(…). "));
  }

  private static int ran(Path directory, String... command) throws IOException {
    try {
      return new ProcessBuilder(command).directory(directory.toFile()).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static JsonNode problems(CommandLineRun run) {
    try {
      return Json.tree(run.out()).path("problems");
    } catch (IOException e) {
      throw new AssertionError(run.toString(), e);
    }
  }

  private static BadInput row(CommandLineRun run, JsonNode problem, String test) {
    String text =
        "%s:%d:%d: %s".formatted(
            problem.path("file").asText(),
            problem.path("line").asInt(),
            problem.path("column").asInt(),
            problem.path("message").asText());
    assertThat(problem.path("line").asInt()).as(text).isPositive();
    String line = text.lines().findFirst().orElseThrow();
    assertThat(run.err()).contains(line);
    return new BadInput(
        "`" + problem.path("code").asText() + "`", "" + run.exitCode(), line, test);
  }

  private static String first(CommandLineRun run) {
    return run.err().lines().findFirst().orElseThrow();
  }
}
