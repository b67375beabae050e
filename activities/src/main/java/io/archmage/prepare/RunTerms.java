package io.archmage.prepare;

import io.archmage.config.Configuration;
import io.archmage.contract.RunOptions;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.project.Project;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;

/**
 * What holds for one run of a project once its options are applied; the same for the client that
 * checks a plan and the worker that prepares it.
 *
 * @param configuration the project's with what the run sets for itself
 * @param target the branch to publish to without {@code refs/heads/}, empty if there is none
 * @param base the commit that the run starts from
 */
public record RunTerms(Configuration configuration, Optional<String> target, CommitId base) {

  /**
   * The terms of a run that would begin now.
   *
   * @throws io.temporal.failure.ApplicationFailure if an option cannot be used, with a message for
   *     people
   * @throws io.archmage.git.UnusableRepositoryException if there is no commit to start from
   */
  public static RunTerms of(Project project, RunOptions options) {
    GitRepository repository = project.repository();
    Optional<String> checkedOut = repository.currentBranch().map(RunTerms::branchName);
    Optional<String> target =
        options.target() == null
            ? checkedOut
            : Optional.of(branchName(options.target()));
    CommitId base =
        target.equals(checkedOut)
            ? repository.requireHead()
            : baseOf(repository, target.orElseThrow());
    return new RunTerms(configuration(project.configuration(), options), target, base);
  }

  private static Configuration configuration(Configuration own, RunOptions options) {
    SetOverrides overrides = new SetOverrides();
    Configuration configuration =
        overrides.apply(own, Objects.requireNonNullElse(options.set(), Map.of()));
    if (!overrides.problems().isEmpty()) {
      throw Refusals.invalid(String.join("\n", overrides.problems()));
    }
    return options.maxParallel() == null
        ? configuration
        : configuration.withMaxParallel(options.maxParallel());
  }

  private static String branchName(String ref) {
    return ref.startsWith(Constants.R_HEADS) ? ref.substring(Constants.R_HEADS.length()) : ref;
  }

  private static CommitId baseOf(GitRepository repository, String target) {
    return repository
        .branch(target)
        .orElseThrow(
            () -> Refusals.invalid(
                "There is no branch \""
                    + target
                    + "\" to start from and publish to. Create it, or name another target."));
  }
}
