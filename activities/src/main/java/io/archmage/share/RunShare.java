package io.archmage.share;

import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.project.Project;
import java.util.List;
import java.util.Optional;

/**
 * What a run's machines know of each other. Where the configuration shares nothing, nothing is
 * fetched or pushed.
 */
public sealed interface RunShare permits RunShare.Nothing, RemoteShare {

  /** The share of a project, as its configuration wants it. */
  static RunShare of(Project project, RemoteWait wait) {
    return RemoteShare.of(project, wait)
        .<RunShare>map(share -> share)
        .orElseGet(() -> new Nothing(project.repository()));
  }

  /** Fetches what other machines made of the run. */
  void bring(RunRefs refs);

  /** Fetches whose a name is, and tells whether anybody may have it. */
  boolean isFree(RunRefs refs);

  /** Makes the run's claim that is here everybody's; false if another has the name. */
  boolean claim(RunRefs refs);

  /** Pushes what was made of the run here, but for its branch. */
  void keep(RunRefs refs);

  /** Pushes those refs as they are here; those that are not here are left out. */
  void keep(List<String> refs);

  /** The heads of a run. */
  RunHeads heads(RunRefs refs);

  /**
   * The heads of a run for merging an attempt, which moves only if that attempt has its task.
   *
   * @param attempt its number
   */
  RunHeads heads(RunRefs refs, String task, int attempt);

  /**
   * Pushes a branch of people's, if the configuration says so.
   *
   * @param branch its name without {@code refs/heads/}
   * @return why it was not, empty if it was or was not to be
   */
  Optional<String> pushTarget(String branch);

  /** One machine has all runs to itself. */
  record Nothing(GitRepository repository) implements RunShare {

    @Override
    public void bring(RunRefs refs) {
      // All there is was made here.
    }

    @Override
    public boolean isFree(RunRefs refs) {
      return true;
    }

    @Override
    public boolean claim(RunRefs refs) {
      return true;
    }

    @Override
    public void keep(RunRefs refs) {
      // It is kept here.
    }

    @Override
    public void keep(List<String> refs) {
      // They are kept here.
    }

    @Override
    public RunHeads heads(RunRefs refs) {
      return RunHeads.in(repository);
    }

    @Override
    public RunHeads heads(RunRefs refs, String task, int attempt) {
      return heads(refs);
    }

    @Override
    public Optional<String> pushTarget(String branch) {
      return Optional.empty();
    }
  }
}
