package io.archmage.cli;

import io.archmage.git.GitRepository;
import io.archmage.git.NativeGit;
import io.archmage.worker.ProjectLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code archmage init}. */
@Command(
    name = "init",
    description = "Writes runes/config/parallel.yaml into the repository: every key with its"
        + " default and what it means.")
final class InitCommand extends Subcommand {

  /** The file that is written. */
  static final String TEMPLATE = "/io/archmage/cli/init/parallel.yaml";

  @Option(
      names = "--repo",
      paramLabel = "DIR",
      description = "The repository. Default: that of the current directory.")
  private @Nullable Path repository;

  @Option(names = "--force", description = "Replace a file that is there.")
  private boolean force;

  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) throws IOException {
    Console console = session.console();
    Path file =
        top(repository == null ? console.directory() : console.resolve(repository))
            .resolve(ProjectLoader.OWN_CONFIGURATION);
    write(file);
    String typed = session.launcher().typed();
    List<String> next =
        List.of(
            "give at least one familiar a command in it, and commit it",
            typed + " doctor",
            typed + " run PLAN");
    if (json.wanted()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("file", file.toString());
      answer.put("next", next);
      console.out().println(Json.write(answer));
    } else {
      console.out().println("Wrote " + file);
      console.out().println("Next:");
      next.forEach(line -> console.out().println("  " + line));
    }
    return ExitCode.OK;
  }

  private static Path top(Path directory) {
    try (GitRepository found = GitRepository.open(directory)) {
      if (found.isBare()) {
        throw CommandFailure.environment(
            found.commonDirectory()
                + " is a bare repository, which has no files. Write the file elsewhere and name"
                + " it with --config.");
      }
      return Path.of(
          NativeGit.in(directory).run("rev-parse", "--show-toplevel").orThrow().text());
    }
  }

  private void write(Path file) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent(), "the file's folder"));
    try (InputStream template = InitCommand.class.getResourceAsStream(TEMPLATE)) {
      byte[] content = Objects.requireNonNull(template, TEMPLATE).readAllBytes();
      if (force) {
        Files.write(file, content);
      } else {
        Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      }
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.invalid(
          "There is " + file + " already. Use --force to replace it by one with the defaults.");
    }
  }
}
