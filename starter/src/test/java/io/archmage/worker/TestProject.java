package io.archmage.worker;

import io.archmage.settings.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real repository with scripted familiars that are real processes. A task whose id has a script
 * in {@code scripts/} runs that; every other one writes the files that its prompt names.
 */
final class TestProject {

  private static final String FAMILIAR =
      """
          #!/bin/sh
          set -eu
          echo "$ARCHMAGE_TASK_ID $ARCHMAGE_ATTEMPT" >>"$SCRIPTS/../invocations"
          if [ -f "$SCRIPTS/$ARCHMAGE_TASK_ID" ]; then
            . "$SCRIPTS/$ARCHMAGE_TASK_ID"
            exit 0
          fi
          files=$(sed -n 's/^Files to write: //p' "$ARCHMAGE_PROMPT_FILE" | tr ',' ' ')
          for file in ${files:-$ARCHMAGE_TASK_ID.txt}; do
            mkdir -p "$(dirname "$file")"
            echo "$ARCHMAGE_TASK_ID by $ARCHMAGE_FAMILIAR" >"$file"
          done
          echo "done $ARCHMAGE_TASK_ID"
          """;

  private final Path root;
  private final Path repository;

  private TestProject(Path root, Path repository) {
    this.root = root;
    this.repository = repository;
  }

  static TestProject make(Path root) throws IOException, InterruptedException {
    TestProject project = new TestProject(root, root.resolve("repository"));
    Files.createDirectories(project.repository);
    Files.createDirectories(root.resolve("scripts"));
    project.git("init", "-q", "-b", "main");
    project.git("config", "user.name", "A User");
    project.git("config", "user.email", "user@example.org");
    project.write("README.md", "a project\n");
    project.write("src/app.txt", "one\ntwo\nthree\n");
    project.git("add", "-A");
    project.git("commit", "-q", "-m", "first");
    Path familiar = root.resolve("familiar.sh");
    Files.writeString(familiar, FAMILIAR);
    familiar.toFile().setExecutable(true);
    project.configure("");
    return project;
  }

  /** The same with an empty bare repository, to which the first one's branches can be pushed. */
  TestProject bare() throws IOException, InterruptedException {
    Path bare = root.resolve("project.git");
    git("init", "-q", "--bare", "-b", "main", bare.toString());
    return new TestProject(root, bare);
  }

  /** The same on another machine: a clone, a configuration and a state directory of its own. */
  TestProject machine(String name, String url) throws IOException, InterruptedException {
    Path place = root.resolve(name);
    Files.createDirectories(place);
    git("clone", "-q", url, place.resolve("repository").toString());
    TestProject machine = new TestProject(place, place.resolve("repository"));
    machine.git("config", "user.name", "A User");
    machine.git("config", "user.email", "user@example.org");
    Files.copy(configuration(), machine.configuration());
    return machine;
  }

  /** Writes the configuration with more keys. */
  TestProject configure(String more) throws IOException {
    StringBuilder text = new StringBuilder("familiars:\n");
    for (String name : List.of("codex", "stitch", "gemini", "reviewer")) {
      text.append("  ").append(name).append(": {command: [\"").append(root);
      text.append("/familiar.sh\"], env: {SCRIPTS: \"").append(root).append("/scripts\"}}\n");
    }
    Files.writeString(configuration(), text + more);
    return this;
  }

  /** Lets a task run shell commands of its own. */
  TestProject script(String task, String commands) throws IOException {
    Files.writeString(root.resolve("scripts").resolve(task), commands);
    return this;
  }

  /** Lets a task with a script do more after that. */
  TestProject append(String task, String commands) throws IOException {
    Path script = root.resolve("scripts").resolve(task);
    Files.writeString(script, Files.readString(script) + commands);
    return this;
  }

  Path configuration() {
    return root.resolve("archmage.yaml");
  }

  Path repository() {
    return repository;
  }

  Path root() {
    return root;
  }

  StateDirectory state() {
    return new StateDirectory(root.resolve("state"));
  }

  LoadedProject load() {
    return new ProjectLoader(state()).load(repository, configuration());
  }

  void write(String path, String text) throws IOException {
    Path file = repository.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Runs git in the repository and returns what it printed, without the last line break. */
  String git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return Commands.run(repository, command).output().strip();
  }

  /** Paths and contents of a commit, one per line, sorted. */
  String tree(String commit) throws IOException, InterruptedException {
    return git("ls-tree", "-r", commit);
  }

  /** What the familiars were called for: one line per process, in order of their start. */
  List<String> invocations() throws IOException {
    Path log = root.resolve("invocations");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  /** Folders that runs left in the state directory; those being removed may come and go. */
  List<Path> leftovers() throws IOException {
    List<Path> left = new ArrayList<>();
    for (Path repository : entries(root.resolve("state/repos"))) {
      left.addAll(entries(repository.resolve("runs")));
      entries(repository.resolve("pool"))
          .stream()
          .filter(file -> file.toString().endsWith(".lease") || file.toString().contains("gone-"))
          .forEach(left::add);
    }
    return left;
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (NoSuchFileException | NotDirectoryException nothingThere) {
      return List.of();
    }
  }

  /** Ids of processes that work for this project. */
  List<Long> processes() {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .filter(handle -> handle.info().commandLine().orElse("").contains(root.toString()))
        .map(ProcessHandle::pid)
        .toList();
  }
}
