package io.archmage.doctor;

import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.prepare.GroupWorktrees;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether git and the runs agree about the worktrees of groups. */
public final class WorktreeCheck implements Check {

  private final Path directory;

  /** Looks at the repository of a directory. */
  public WorktreeCheck(Path directory) {
    this.directory = directory;
  }

  @Override
  public String name() {
    return "worktrees";
  }

  @Override
  public List<Finding> look() {
    try (GitRepository repository = GitRepository.open(directory)) {
      return look(new GroupWorktrees(repository).reconcile(false));
    } catch (GitException e) {
      return List.of(Finding.warning(name(), "not looked at: there is no repository", null));
    }
  }

  private List<Finding> look(GroupWorktrees.Reconciled found) {
    List<Finding> findings = new ArrayList<>();
    int count = found.recovered().size();
    findings.add(
        Finding.ok(
            name(),
            count == 0
                ? "no group has a worktree"
                : (count == 1 ? "1 group has a worktree" : count + " groups have worktrees")
                    + "; 'archmage gc' removes those whose work is elsewhere"));
    for (String stale : found.cleaned()) {
      findings.add(
          Finding.warning(
              name(), stale + " stands for nothing any more", "archmage recover removes it"));
    }
    for (String unknown : found.unknown()) {
      findings.add(
          Finding.warning(
              name(),
              "No run knows the worktree " + unknown,
              "If nobody needs it: git worktree remove " + unknown));
    }
    return findings;
  }
}
