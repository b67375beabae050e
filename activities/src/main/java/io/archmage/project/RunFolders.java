package io.archmage.project;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.contract.RunKey;
import io.archmage.git.RunRefs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the runs of one repository keep workspaces and attempts on this machine.
 *
 * @param root the folder that has one folder per run
 */
public record RunFolders(Path root) {

  /** Never the name of a task's folder: a dot in front is escaped there. */
  private static final String NOTE = ".run.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The folder of a run; another execution under the same name has another one. */
  public Path run(RunKey run) {
    return root.resolve(RunRefs.escape(run.runId()) + "@" + RunRefs.escape(run.execution()));
  }

  /** Makes the folder of a run and notes in it whose it is. */
  public void claim(RunKey run) throws IOException {
    Path note = run(run).resolve(NOTE);
    if (!Files.exists(note)) {
      Files.createDirectories(run(run));
      Path written = Files.createTempFile(run(run), NOTE, ".new");
      Files.write(written, JSON.writeValueAsBytes(run));
      Files.move(written, note, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Whose a run's folder is, empty if it does not say. */
  public Optional<RunKey> owner(Path runFolder) throws IOException {
    Path note = runFolder.resolve(NOTE);
    return Files.exists(note)
        ? Optional.of(JSON.readValue(Files.readAllBytes(note), RunKey.class))
        : Optional.empty();
  }

  /** The folder of a task: its attempts. */
  public Path task(RunKey run, String task) {
    return run(run).resolve(RunRefs.escape(task));
  }

  /** The folder of an attempt: its journal, prompt and output. */
  public Path attempt(RunKey run, String task, int attempt) {
    return task(run, task).resolve("attempt-" + attempt);
  }

  /** Every attempt's folder of a run that is still there. */
  public List<Path> attempts(Path runFolder) throws IOException {
    if (!Files.isDirectory(runFolder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.find(runFolder, 2, (path, attributes) -> isAttempt(path))) {
      return found.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** Every run's folder that is still there. */
  public List<Path> runs() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(root)) {
      return found.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static boolean isAttempt(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith("attempt-");
  }
}
