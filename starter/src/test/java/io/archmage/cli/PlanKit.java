package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A repository in which {@code archmage plan} is called with the real engine. */
final class PlanKit {

  /** Tests run in the module's directory. */
  private static final Path INPUTS = Path.of("../workflows/src/test/resources/plans");

  private final Path repository;
  private final Path configuration;

  /** A kit in that directory; every familiar has five instances but those of other text. */
  PlanKit(Path directory) throws IOException {
    repository = DemoProject.in(directory.resolve("demo")).directory();
    configuration = directory.resolve("archmage.yaml");
    configure("familiars: {codex: {command: [sh]}, stitch: {command: [sh]},"
        + " gemini: {command: [sh]}, reviewer: {command: [sh]}}\n");
  }

  void configure(String text) throws IOException {
    Files.writeString(configuration, text);
  }

  Path repository() {
    return repository;
  }

  /** The text of an input whose file's name begins so. */
  static String input(String name) {
    try (Stream<Path> files = Files.list(INPUTS)) {
      return Files.readString(
          files.filter(file -> file.getFileName().toString().startsWith(name))
              .findFirst()
              .orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the command on a document. */
  CommandLineRun plan(String document, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("plan", "-", "--config", configuration.toString()));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(
        repository, new LocalEngine(), document, arguments.toArray(String[]::new));
  }

  /** What the command prints for a plan that can run. */
  String printed(String document, String... more) {
    CommandLineRun run = plan(document, more);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  /** The view of a plan that can run. */
  JsonNode json(String document, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--json");
    try {
      return Json.tree(printed(document, arguments.toArray(String[]::new)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The elements of an array as text: a text itself, anything else as JSON. */
  static List<String> texts(JsonNode array) {
    assertThat(array).isInstanceOf(ArrayNode.class);
    return StreamSupport.stream(array.spliterator(), false)
        .map(node -> node.isTextual() ? node.textValue() : node.toString())
        .toList();
  }
}
