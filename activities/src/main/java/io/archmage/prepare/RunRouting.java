package io.archmage.prepare;

import io.archmage.config.ShareSettings;
import io.archmage.contract.OpenRunRequest;
import io.archmage.contract.OpenedRun;
import io.archmage.contract.RunOptions;
import io.archmage.contract.SharedRun;
import io.archmage.git.GitRepository;
import io.archmage.git.UnusableRepositoryException;
import io.archmage.project.Project;
import io.archmage.project.Projects;
import io.temporal.common.converter.RawValue;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out which repository a run belongs to, and which queues serve it. */
public final class RunRouting {

  /** What is known of other workers; an implementation may ask the server. */
  public interface OtherWorkers {

    /** Whether somebody polls that queue. */
    boolean serve(String queue);

    /** Ids of the repositories that the pollers of a queue serve, this worker's own included. */
    List<String> repositoriesBehind(String queue);
  }

  private final Projects projects;
  private final String queue;
  private final String host;
  private final OtherWorkers others;

  /**
   * Routes runs for one worker.
   *
   * @param projects the repositories it serves
   * @param queue the queue that takes the place of {@code archmage}
   * @param host the name of this machine in queues
   * @param others the other workers
   */
  public RunRouting(Projects projects, String queue, String host, OtherWorkers others) {
    this.projects = projects;
    this.queue = queue;
    this.host = host;
    this.others = others;
  }

  /**
   * Routes a run.
   *
   * @throws io.temporal.failure.ApplicationFailure if its options are wrong or nobody serves it
   */
  public OpenedRun route(OpenRunRequest request, @Nullable RawValue argument) {
    RunOptionsReader reader = new RunOptionsReader();
    RunOptions options = reader.read(argument);
    if (!reader.problems().isEmpty()) {
      throw Refusals.invalid(String.join("\n", reader.problems()));
    }
    Optional<OpenedRun> elsewhere = elsewhere(request, options);
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    return options.repository() == null
        ? unnamed(request, options)
        : named(options.repository(), options);
  }

  /** A run that starts from another machine's checkout is for that machine to open. */
  private Optional<OpenedRun> elsewhere(OpenRunRequest request, RunOptions options) {
    if (options.host() == null || options.host().equals(host)) {
      return Optional.empty();
    }
    List<Project> shared =
        projects.all()
            .stream()
            .filter(project -> project.configuration().share() != null)
            .filter(
                project -> request.queue().equals(queue)
                    || request.queue().equals(queueOf(project.id())))
            .toList();
    if (shared.size() != 1) {
      throw Refusals.invalid(
          "host in argument 2 names "
              + options.host()
              + ", but this worker, on "
              + host
              + ", shares no repository with other machines, or several: leave it out, or start the"
              + " run on the queue of the one.");
    }
    String id = shared.getFirst().id();
    String there = queueOf(id) + "@" + options.host();
    if (!others.serve(there)) {
      throw Refusals.invalid(
          "No worker serves the repository on "
              + options.host()
              + ", which host in argument 2 names. Start one there, or leave host out.");
    }
    return Optional.of(new OpenedRun("", id, "", "", "", there, options));
  }

  private OpenedRun unnamed(OpenRunRequest request, RunOptions options) {
    List<String> candidates =
        request.queue().equals(queue)
            ? others.repositoriesBehind(queue)
            : projects.all()
                .stream()
                .filter(project -> request.queue().equals(queueOf(project.id())))
                .map(Project::id)
                .toList();
    if (candidates.isEmpty() && projects.all().size() == 1) {
      return served(projects.all().getFirst(), options);
    }
    if (candidates.size() == 1 && projects.withId(candidates.getFirst()).isPresent()) {
      return served(projects.withId(candidates.getFirst()).orElseThrow(), options);
    }
    throw Refusals.invalid(
        "Several repositories are served on queue "
            + request.queue()
            + ", and the run does not say which one it is for. Name it in argument 2:"
            + " {\"repository\": \"/path/to/it\"}. This worker serves "
            + servedPaths()
            + ".");
  }

  private OpenedRun named(String directory, RunOptions options) {
    Path path;
    try {
      path = Path.of(directory);
    } catch (InvalidPathException notAPath) {
      throw Refusals.invalid("repository in argument 2 is no path: " + directory);
    }
    if (!path.isAbsolute() || !Files.isDirectory(path)) {
      throw Refusals.invalid(
          "repository in argument 2 must be the absolute path of a directory on this worker's"
              + " machine, not "
              + directory);
    }
    String id;
    RunOptions placed;
    try (GitRepository repository = GitRepository.open(path)) {
      id =
          projects.all()
              .stream()
              .filter(served -> isSame(served.repository(), repository))
              .map(Project::id)
              .findFirst()
              .orElseGet(repository::repoId);
      placed = inWorktree(repository, directory, options);
    } catch (UnusableRepositoryException unusable) {
      throw Refusals.invalid(
          "repository in argument 2 cannot be used: " + unusable.getMessage());
    }
    Optional<Project> project = projects.withId(id);
    if (project.isPresent()) {
      return served(project.get(), placed);
    }
    if (others.serve(queueOf(id))) {
      return new OpenedRun("", id, "", "", "", queueOf(id), placed);
    }
    throw Refusals.invalid(
        "No worker serves "
            + directory
            + ". Start one with: archmage worker --repo "
            + directory
            + "\nThis worker serves "
            + servedPaths()
            + ".");
  }

  private static boolean isSame(GitRepository one, GitRepository other) {
    return one.commonDirectory().equals(other.commonDirectory());
  }

  /** A worktree has a HEAD of its own, which is not that of the worktree the worker serves from. */
  private RunOptions inWorktree(GitRepository named, String directory, RunOptions options) {
    boolean served =
        projects.all()
            .stream()
            .anyMatch(
                project -> project.repository().gitDirectory().equals(named.gitDirectory()));
    if (served || options.target() != null) {
      return options;
    }
    String branch =
        named.currentBranch()
            .orElseThrow(
                () -> Refusals.invalid(
                    "HEAD of "
                        + directory
                        + " is on no branch. Name the branch to start from and publish to as the"
                        + " target."));
    return new RunOptions(
        options.repository(),
        branch,
        options.mergeStrategy(),
        options.publish(),
        options.maxParallel(),
        options.set(),
        options.planName(),
        options.host());
  }

  private OpenedRun served(Project project, RunOptions options) {
    ShareSettings share = project.configuration().share();
    String path = project.path().toString();
    return new OpenedRun(
        share == null ? path : project.id(),
        project.id(),
        project.configHash(),
        queueOf(project.id()),
        queueOf(project.id()) + "@" + host,
        null,
        options,
        share == null ? null : new SharedRun(path, share.takeoverAfter().toMillis()),
        share == null);
  }

  private String queueOf(String id) {
    return queue + "-" + id;
  }

  private String servedPaths() {
    return projects.all()
        .stream()
        .map(project -> project.path().toString())
        .collect(Collectors.joining(", "));
  }
}
