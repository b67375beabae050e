package io.archmage.doctor;

import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.UnusableRepositoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;

/** The repository that a run would work on. */
public final class RepositoryCheck implements Check {

  private final Path directory;

  /** Looks at the repository of that directory. */
  public RepositoryCheck(Path directory) {
    this.directory = directory;
  }

  @Override
  public String name() {
    return "repository";
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    try (GitRepository repository = GitRepository.open(directory)) {
      findings.add(
          Finding.ok(
              name(),
              directory
                  + ", "
                  + repository
                      .currentBranch()
                      .map(branch -> "on " + branch.replace(Constants.R_HEADS, ""))
                      .orElse("on no branch")));
      require(findings, repository::requireHead);
      require(findings, repository::requireRoomForRuns);
      require(findings, repository::requireAllObjects);
      if (repository.currentBranch().isEmpty()) {
        findings.add(
            Finding.warning(
                name(),
                "HEAD is on no branch, so a run has none to publish to",
                "Check out a branch, or name one with --target."));
      }
      if (repository.userIdentity().isEmpty()) {
        findings.add(
            Finding.warning(
                name(),
                "git knows no user.name, so Archmage is the author of what familiars make",
                "git config user.name NAME && git config user.email ADDRESS"));
      }
    } catch (GitException e) {
      findings.add(Finding.problem(name(), String.valueOf(e.getMessage()), null));
    }
    return findings;
  }

  private void require(List<Finding> findings, Runnable requirement) {
    try {
      requirement.run();
    } catch (UnusableRepositoryException e) {
      findings.add(Finding.problem(name(), String.valueOf(e.getMessage()), null));
    }
  }
}
