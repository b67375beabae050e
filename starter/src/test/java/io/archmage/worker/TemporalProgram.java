package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The plain {@code temporal} program, as a user types it. */
final class TemporalProgram {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path INPUTS = Path.of("../workflows/src/test/resources/plans");

  private final String program;
  private final String address;
  private final Path directory;

  TemporalProgram(String program, String address, Path directory) {
    this.program = program;
    this.address = address;
    this.directory = directory;
  }

  /** Runs {@code temporal workflow} with these words; it may fail. */
  Commands.Result workflow(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program, "workflow"));
    command.addAll(List.of(words));
    command.addAll(List.of("--address", address, "-o", "json"));
    return Commands.tryRun(directory, command);
  }

  /** Starts a run. */
  void start(String type, String queue, String id, String... input)
      throws IOException, InterruptedException {
    Commands.Result result = workflow(words("start", type, queue, id, input));
    assertThat(result.code()).as(result.output()).isZero();
  }

  /** Starts a run and waits for its end. */
  JsonNode execute(String type, String queue, String id, String... input)
      throws IOException, InterruptedException {
    return json(workflow(words("execute", type, queue, id, input)));
  }

  /** Waits for the end of a run. */
  JsonNode result(String id) throws IOException, InterruptedException {
    return json(workflow("result", "--workflow-id", id));
  }

  /** The report of a run that succeeded. */
  JsonNode report(String id) throws IOException, InterruptedException {
    JsonNode end = result(id);
    assertThat(end.path("status").asText()).as(end.toPrettyString()).isEqualTo("COMPLETED");
    return end.get("result");
  }

  /** The plan of the inputs with that name, as a file in the directory. */
  Path input(String name) throws IOException {
    Path file = directory.resolve(name);
    return Files.copy(INPUTS.resolve(name), file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String[] words(
      String verb, String type, String queue, String id, String... input) {
    List<String> words =
        new ArrayList<>(
            List.of(verb, "--type", type, "--task-queue", queue, "--workflow-id", id));
    words.addAll(List.of(input));
    return words.toArray(String[]::new);
  }

  /** What a program printed, without the lines before it. */
  static JsonNode json(Commands.Result result) throws IOException {
    int begin = result.output().indexOf('{');
    assertThat(begin).as(result.output()).isNotNegative();
    return JSON.readTree(result.output().substring(begin));
  }
}
