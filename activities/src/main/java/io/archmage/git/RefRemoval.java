package io.archmage.git;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Removes refs, all or none of them, while other refs are as they were seen. */
public final class RefRemoval {

  private final GitRepository repository;

  /** Removes refs of that repository. */
  public RefRemoval(GitRepository repository) {
    this.repository = repository;
  }

  /**
   * Removes refs in one transaction.
   *
   * @param refs the refs with where they must be
   * @param witnesses refs that must be where they were seen, for they keep what the others had
   * @return why nothing was removed, or empty if all are gone
   */
  public Optional<String> remove(Map<String, CommitId> refs, Map<String, CommitId> witnesses) {
    StringBuilder commands = new StringBuilder();
    witnesses.forEach((ref, seen) -> line(commands, "verify", ref, seen));
    refs.forEach((ref, seen) -> line(commands, "delete", ref, seen));
    byte[] input = commands.toString().getBytes(StandardCharsets.UTF_8);
    GitResult result =
        repository.locked(
            () -> repository.git()
                .run(
                    List.of("update-ref", "--no-deref", "-z", "--stdin"),
                    input));
    return result.succeeded() ? Optional.empty() : Optional.of(result.stderr().strip());
  }

  private static void line(StringBuilder commands, String command, String ref, CommitId seen) {
    commands.append(command).append(' ').append(ref).append('\0').append(seen).append('\0');
  }
}
