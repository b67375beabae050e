package io.archmage.prepare;

import io.archmage.contract.Wire;
import io.archmage.git.GitRepository;
import io.archmage.git.LinkedWorktrees;
import io.archmage.git.RefRemoval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares what git knows of the worktrees of groups with what runs know of their groups. */
public final class GroupWorktrees {

  private final GitRepository repository;

  /** Worktrees of that repository. */
  public GroupWorktrees(GitRepository repository) {
    this.repository = repository;
  }

  /**
   * What was found.
   *
   * @param recovered worktrees of groups, all as they should be
   * @param cleaned entries of which only one side knows and that stand for nothing: worktrees whose
   *     directory is gone, and groups of ended runs without a branch
   * @param unknown worktrees below {@code .worktrees} that no run knows; they are never touched
   */
  @Wire
  public record Reconciled(List<String> recovered, List<String> cleaned, List<String> unknown) {
    /** Copies the lists. */
    public Reconciled {
      recovered = List.copyOf(recovered);
      cleaned = List.copyOf(cleaned);
      unknown = List.copyOf(unknown);
    }
  }

  /**
   * Compares them.
   *
   * @param change whether stale entries are removed, or only named
   */
  public Reconciled reconcile(boolean change) {
    LinkedWorktrees worktrees = new LinkedWorktrees(repository);
    Map<String, Path> registered = worktrees.registered();
    List<String> recovered = new ArrayList<>();
    List<String> cleaned = new ArrayList<>();
    for (RunRecord run : new RunRecords(repository).all()) {
      for (GroupRecord group : GroupRecord.of(repository, run)) {
        Path path = registered.remove(group.claim().name());
        if (path != null && Files.isDirectory(path)) {
          recovered.add(path.toString());
        } else if (path != null) {
          cleaned.add(path.toString());
          if (change) {
            worktrees.forget(path);
          }
        } else if (group.head().isEmpty() && run.hasEnded()) {
          cleaned.add(group.claimRef());
          if (change) {
            new RefRemoval(repository)
                .remove(
                    Map.of(
                        group.claimRef(), Objects.requireNonNull(run.refs().get(group.claimRef()))),
                    Map.of());
          }
        }
      }
    }
    return new Reconciled(
        recovered, cleaned, registered.values().stream().map(Path::toString).toList());
  }
}
