package io.archmage.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The small repository that {@code archmage demo} makes. */
final class DemoProject {

  /** Its plan, relative to the repository. */
  static final String PLAN = "plans/garden.yaml";

  private static final String RESOURCES = "/io/archmage/cli/demo/";
  private static final String SCRIPT = "tools/familiar.sh";
  private static final List<String> FILES =
      List.of("README.md", PLAN, "runes/config/parallel.yaml", SCRIPT);

  private final Path directory;

  private DemoProject(Path directory) {
    this.directory = directory;
  }

  /**
   * The repository in that directory: a new one if it is missing or empty, a former demo as it is.
   *
   * @throws CommandFailure if the directory holds anything else, or git fails
   */
  static DemoProject in(Path directory) {
    DemoProject project = new DemoProject(directory);
    try {
      if (Files.exists(directory) && !isEmpty(directory)) {
        if (!Files.isRegularFile(directory.resolve(PLAN))
            || !Files.exists(directory.resolve(".git"))) {
          throw CommandFailure.invalid(
              directory + " is not empty and no former demo. Choose another --dir.");
        }
        return project;
      }
      project.make();
      return project;
    } catch (IOException e) {
      throw CommandFailure.environment("Cannot write " + directory + ": " + e);
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  Path directory() {
    return directory;
  }

  private void make() throws IOException {
    for (String name : FILES) {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      try (InputStream content = DemoProject.class.getResourceAsStream(RESOURCES + name)) {
        if (content == null) {
          throw new IOException("the program lacks its file " + RESOURCES + name);
        }
        Files.copy(content, file);
      }
    }
    Files.setPosixFilePermissions(
        directory.resolve(SCRIPT), PosixFilePermissions.fromString("rwxr-xr-x"));
    git("init", "--quiet", "--initial-branch=main");
    git("add", "--all");
    git(
        "-c", "user.name=Archmage", "-c", "user.email=archmage@localhost",
        "-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null",
        "commit", "--quiet", "--message", "An empty garden shop");
  }

  /**
   * What git prints, without the line end.
   *
   * @throws CommandFailure if it fails
   */
  String git(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw CommandFailure.environment(Shell.line(command) + " failed:\n" + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while git was running", e);
    }
    return output;
  }
}
