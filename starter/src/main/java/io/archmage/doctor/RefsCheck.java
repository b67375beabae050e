package io.archmage.doctor;

import io.archmage.gc.RunEnds;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.prepare.RunClaims;
import io.archmage.prepare.RunRecord;
import io.archmage.prepare.RunRecords;
import io.archmage.worker.RunFate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What runs keep in a repository, and runs that never ended and that no server knows. */
public final class RefsCheck implements Check {

  private final Path directory;
  private final RunEnds.RunFates fates;

  /**
   * @param directory any directory of the repository
   * @param fates what a server knows of runs
   */
  public RefsCheck(Path directory, RunEnds.RunFates fates) {
    this.directory = directory;
    this.fates = fates;
  }

  @Override
  public String name() {
    return "runs";
  }

  @Override
  public List<Finding> look() {
    try (GitRepository repository = GitRepository.open(directory)) {
      return look(repository);
    } catch (GitException e) {
      return List.of(Finding.warning(name(), "not looked at: there is no repository", null));
    }
  }

  private List<Finding> look(GitRepository repository) {
    List<Finding> findings = new ArrayList<>();
    RunEnds ends = new RunEnds(repository, fates);
    int ended = 0;
    long refs = 0;
    for (RunRecord run : new RunRecords(repository).all()) {
      if (ends.of(run) instanceof RunEnds.End.Ended) {
        ended++;
        refs += run.refs().size() + (run.head() == null ? 0 : 1);
      } else if (isLost(run)) {
        findings.add(
            Finding.warning(
                name(),
                "Run " + run.name() + " never ended, and the server does not know it",
                "archmage recover --resume " + run.name()));
      }
    }
    findings.addFirst(
        Finding.ok(
            name(),
            ended == 0
                ? "no ended run has left refs"
                : (ended == 1 ? "1 ended run has " : ended + " ended runs have ")
                    + refs
                    + " refs; 'archmage gc' removes those whose work is elsewhere"));
    return findings;
  }

  private boolean isLost(RunRecord run) {
    RunClaims.Claim claim = run.claim();
    return claim != null
        && fates.find(claim.runId(), claim.execution()).state() == RunFate.State.UNKNOWN;
  }
}
