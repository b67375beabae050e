package io.archmage.doctor;

import io.archmage.contract.RunKey;
import io.archmage.familiar.TaskLock;
import io.archmage.process.ProcessSweep;
import io.archmage.project.RunFolders;
import io.archmage.settings.StateDirectory;
import io.archmage.worker.ProjectLoader;
import io.archmage.worker.RunFate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What runs left on this machine that have ended or are known to nobody. */
public final class LeftoverCheck implements Check {

  private final StateDirectory state;
  private final RunLookup runs;

  /** Asks a server for a run. */
  public interface RunLookup {
    /** What it knows. */
    RunFate.State find(RunKey run);
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
  public List<Finding> look() throws IOException, InterruptedException {
    List<Finding> findings = new ArrayList<>();
    int open = 0;
    for (Path repository : children(state.path().resolve(ProjectLoader.REPOSITORIES))) {
      RunFolders folders = new RunFolders(repository.resolve("runs"));
      for (Path folder : folders.runs()) {
        Optional<RunKey> owner = folders.owner(folder);
        RunFate.State known = owner.map(runs::find).orElse(RunFate.State.UNKNOWN);
        if (known == RunFate.State.OPEN) {
          open++;
          findings.addAll(unfollowed(folder, owner.orElseThrow()));
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

  private Finding leftover(Path folder, Optional<RunKey> owner, RunFate.State known)
      throws IOException, InterruptedException {
    String run = owner.map(RunKey::runId).orElse("an unknown run");
    String left = folder + processes(folder);
    return switch (known) {
      case ENDED ->
        Finding.warning(
            name(),
            run + " has ended but left " + left,
            "In its repository: archmage gc --older-than 0s\nIt ends what runs there, keeps what"
                + " was made and removes the rest; so does a worker.");
      case NOT_ASKED ->
        Finding.warning(
            name(),
            run + " has " + left + "; no server runs that could say whether it goes on",
            "Start the server that it was started on, then look again.");
      case OPEN, UNKNOWN ->
        Finding.warning(
            name(),
            "The server does not know " + run + ", which left " + left,
            "In its repository: archmage recover\nIt goes on with a run that was lost. If the run"
                + " has ended: archmage gc. If its repository is gone, delete the folder;"
                + " unfinished work is in its workspaces.");
    };
  }

  private static String processes(Path folder) throws IOException, InterruptedException {
    List<Long> found = ProcessSweep.under(folder).find();
    return found.isEmpty()
        ? ""
        : ", where processes still work: "
            + found.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** Tasks of an open run with an attempt that no worker of this machine follows. */
  private List<Finding> unfollowed(Path folder, RunKey run) throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (Path task : children(folder)) {
      if (isAtWork(task) && !TaskLock.isHeld(task)) {
        findings.add(
            Finding.warning(
                name(),
                "No worker here follows "
                    + task.getFileName()
                    + " of the open run "
                    + run.runId()
                    + ", which has an attempt in "
                    + task,
                "Start a worker for its repository: archmage worker --repo DIR\nIt takes over what"
                    + " runs and harvests what has ended."));
      }
    }
    return findings;
  }

  /** Whether an attempt began that has not come to anything yet. */
  private static boolean isAtWork(Path task) throws IOException {
    for (Path attempt : children(task)) {
      if (!Files.exists(attempt.resolve("end.json"))) {
        return true;
      }
    }
    return false;
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
