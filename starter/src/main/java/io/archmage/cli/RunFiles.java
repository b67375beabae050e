package io.archmage.cli;

import io.archmage.contract.RunKey;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.plan.Suggestions;
import io.archmage.project.RunFolders;
import io.archmage.report.RunReport;
import io.archmage.report.TaskReport;
import io.archmage.settings.StateDirectory;
import io.archmage.worker.ProjectLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a run has on this machine.
 *
 * @param repository the run's repository
 * @param key the run with the name it holds in the repository
 * @param folders where the repository's runs are
 */
record RunFiles(GitRepository repository, RunKey key, RunFolders folders) implements AutoCloseable {

  /**
   * Finds the files of a run.
   *
   * @param execution the run id of its first execution
   * @throws CommandFailure if its repository is not on this machine
   */
  static RunFiles of(RunReport report, String execution, StateDirectory state) {
    Path path = Path.of(report.repository());
    if (!Files.isDirectory(path)) {
      throw CommandFailure.environment(
          "The repository " + path + " of run " + report.runId() + " is not on this machine.");
    }
    GitRepository repository = GitRepository.open(path);
    return new RunFiles(
        repository,
        new RunKey(report.runId(), execution, nameOf(report)),
        new RunFolders(ProjectLoader.folder(state, repository.repoId()).resolve("runs")));
  }

  /** A run's name in the repository: its id, or that with a number where it was taken. */
  static String nameOf(RunReport report) {
    return Stream.concat(
        Stream.of(report.runId()),
        IntStream.range(2, 1_000).mapToObj(number -> report.runId() + "." + number))
        .filter(name -> new RunRefs(name).branchName().equals(report.branch()))
        .findFirst()
        .orElseThrow(
            () -> CommandFailure.invalid(
                "The branch " + report.branch() + " is none of run " + report.runId() + "."));
  }

  /**
   * A task of a run.
   *
   * @throws CommandFailure if there is none of that id
   */
  static TaskReport task(RunReport report, String id) {
    return report.tasks()
        .stream()
        .filter(task -> task.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> CommandFailure.notFound(
                "Run "
                    + report.runId()
                    + " has no task "
                    + id
                    + ". "
                    + Suggestions.didYouMean(
                        id,
                        report.tasks().stream().map(TaskReport::id).toList(),
                        "'archmage status' lists its tasks.")));
  }

  @Override
  public void close() {
    repository.close();
  }
}
