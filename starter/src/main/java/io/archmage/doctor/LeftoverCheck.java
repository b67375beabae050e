package io.archmage.doctor;

import io.archmage.contract.RunKey;
import io.archmage.project.RunFolders;
import io.archmage.settings.StateDirectory;
import io.archmage.worker.ProjectLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What runs left on this machine that have ended or are known to nobody. */
public final class LeftoverCheck implements Check {

  private final StateDirectory state;
  private final RunLookup runs;

  /** What a server knows of a run. */
  public enum Known {
    /** It goes on. */
    OPEN,
    /** It has ended. */
    ENDED,
    /** The server does not know it. */
    UNKNOWN,
    /** There is no server to ask. */
    NOT_ASKED
  }

  /** Asks a server for a run. */
  public interface RunLookup {
    /** What it knows. */
    Known find(RunKey run);
  }

  /** Looks at all repositories in that state directory. */
  public LeftoverCheck(StateDirectory state, RunLookup runs) {
    this.state = state;
    this.runs = runs;
  }

  @Override
  public String name() {
    return "leftovers";
  }

  @Override
  public List<Finding> look() throws IOException {
    List<Finding> findings = new ArrayList<>();
    int open = 0;
    for (Path repository : children(state.path().resolve(ProjectLoader.REPOSITORIES))) {
      RunFolders folders = new RunFolders(repository.resolve("runs"));
      for (Path folder : folders.runs()) {
        Optional<RunKey> owner = folders.owner(folder);
        Known known = owner.map(runs::find).orElse(Known.UNKNOWN);
        if (known == Known.OPEN) {
          open++;
        } else {
          findings.add(leftover(folder, owner, known));
        }
      }
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(name(), open == 0 ? "none" : "none; " + open + " runs are at work here"));
    }
    return findings;
  }

  private Finding leftover(Path folder, Optional<RunKey> owner, Known known) {
    String run = owner.map(RunKey::runId).orElse("an unknown run");
    return switch (known) {
      case ENDED ->
        Finding.warning(
            name(),
            run + " has ended but left " + folder,
            "Start a worker for its repository; it keeps what was made and removes the rest.");
      case NOT_ASKED ->
        Finding.warning(
            name(),
            run + " has " + folder + "; no server runs that could say whether it goes on",
            "Start the server that it was started on, then look again.");
      case OPEN, UNKNOWN ->
        Finding.warning(
            name(),
            "The server does not know " + run + ", which left " + folder,
            "If its server is gone for good, delete the folder; unfinished work is in its"
                + " workspaces.");
    };
  }

  private static List<Path> children(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(directory)) {
      return found.filter(Files::isDirectory).sorted().toList();
    }
  }
}
