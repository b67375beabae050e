package io.archmage.cli;

import io.archmage.git.NativeGit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A repository in which bad plans and configurations are validated with the real engine. */
final class BadInputKit {

  /** Tests run in the module's directory. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final String PLANS = "workflows/src/test/resources/problems";
  private static final String CONFIGURATIONS =
      "activities/src/test/resources/configuration-problems";

  /** The files that the plans speak of. */
  private static final List<String> FILES =
      List.of(
          "prompts/ok.md",
          "src/index.ts",
          "src/.cache/x",
          "src/user/user.ts",
          "src/auth/sub/token.ts",
          "src/payment/pay.ts");

  private final Path directory;
  private final Path repository;

  BadInputKit(Path directory) throws IOException {
    this.directory = directory.toRealPath();
    repository = DemoProject.in(this.directory.resolve("demo")).directory();
    for (String name : FILES) {
      Path file = repository.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    }
    write(
        "archmage.yaml",
        "familiars: {codex: {command: [sh]}, gemini: {command: [sh]}, stitch: {command: [sh]},"
            + " reviewer: {command: [sh]}}\nresources: {database: 1, gpu: 2}\n");
    write("good.yaml", "tasks: [{id: A, familiar: codex, outputs: [a.txt]}]\n");
    NativeGit git = NativeGit.in(repository);
    git.run("add", "prompts", "src").orThrow();
    git.run("-c", "user.name=Ada", "-c", "user.email=ada@localhost", "commit", "-qm", "Files")
        .orThrow();
  }

  /** The bad plans, each with the text expected beside it. */
  static List<Path> plans() {
    return cases(PLANS);
  }

  /** The bad configurations, each with the text expected beside it. */
  static List<Path> configurations() {
    return cases(CONFIGURATIONS);
  }

  /** The text expected of a case. */
  static String expected(Path golden) {
    try {
      return Files.readString(golden.resolveSibling(golden.getFileName() + ".expected"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A Markdown link from the page to a file. */
  static String link(Path file) {
    return "[%s](../%s)".formatted(file.getFileName(), ROOT.relativize(file));
  }

  Path directory() {
    return directory;
  }

  /** Writes a file at the top of the repository without committing it. */
  Path write(String name, String text) throws IOException {
    return Files.writeString(repository.resolve(name), text);
  }

  /** Puts a case into the repository and returns its name there. */
  String take(Path golden) {
    try {
      Path file = repository.resolve(golden.getFileName());
      if (!Files.exists(file)) {
        Files.copy(golden, file);
      }
      return file.getFileName().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Validates a plan of the repository with JSON as the answer. */
  CommandLineRun validate(String plan) {
    return run("validate", plan, "--config", "archmage.yaml", "--json");
  }

  /** Runs a command in the repository. */
  CommandLineRun run(String... arguments) {
    return in(repository, arguments);
  }

  /** Runs a command in a directory; what it prints does not name the place of the test. */
  CommandLineRun in(Path where, String... arguments) {
    CommandLineRun run = CommandLineRun.of(where, new LocalEngine(), "", arguments);
    return new CommandLineRun(
        run.exitCode(),
        run.out(),
        run.err().replace(repository + "/", "").replace(directory.toString(), "/home/ada"));
  }

  private static List<Path> cases(String folder) {
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      return new ArrayList<>(
          files.filter(file -> !file.toString().endsWith(".expected")).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
