package io.archmage.gc;

import io.archmage.contract.RunKey;
import io.archmage.git.GitException;
import io.archmage.host.RunClosing;
import io.archmage.prepare.RunRecord;
import io.archmage.prepare.RunRecords;
import io.archmage.process.Supervisor;
import io.archmage.project.Project;
import io.archmage.render.Durations;
import io.archmage.worker.RunFate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Removes folders of ended runs, as a worker does: what still runs there is ended and what its
 * attempts left is kept in git first.
 */
final class FolderGarbage {

  private final Project project;
  private final GcRequest request;
  private final RunEnds ends;
  private final RunEnds.RunFates fates;
  private final Map<String, RunRecord> records = new HashMap<>();

  FolderGarbage(Project project, GcRequest request, RunEnds ends, RunEnds.RunFates fates) {
    this.project = project;
    this.request = request;
    this.ends = ends;
    this.fates = fates;
  }

  List<GcItem> collect() throws IOException, InterruptedException {
    List<GcItem> items = new ArrayList<>();
    for (RunRecord record : new RunRecords(project.repository()).all()) {
      if (record.claim() != null) {
        records.put(record.claim().execution(), record);
      }
    }
    for (Path folder : project.folders().runs()) {
      items.add(collect(folder));
    }
    return items;
  }

  private GcItem collect(Path folder) throws IOException, InterruptedException {
    FileCount size = FileCount.of(folder);
    Optional<RunKey> owner = project.folders().owner(folder);
    if (owner.isEmpty()) {
      return kept(folder, null, size, "it does not say whose it is");
    }
    String run = owner.get().runId();
    switch (end(owner.get(), folder)) {
      case RunEnds.End.NotProved not -> {
        return kept(folder, run, size, not.because());
      }
      case RunEnds.End.Ended ended when !request.isOld(ended.at()) -> {
        String age = Durations.text(Duration.between(ended.at(), request.now()));
        return kept(folder, run, size, "the run ended " + age + " ago");
      }
      case RunEnds.End.Ended ended -> {
        return remove(folder, run, size);
      }
    }
  }

  private RunEnds.End end(RunKey owner, Path folder) throws IOException {
    RunRecord record = records.get(owner.execution());
    if (record != null) {
      return ends.of(record);
    }
    RunFate fate = fates.find(owner.runId(), owner.execution());
    return fate.state() == RunFate.State.ENDED
        ? new RunEnds.End.Ended(fate.endedAt() == null ? lastChange(folder) : fate.endedAt())
        : new RunEnds.End.NotProved(
            fate.state() == RunFate.State.OPEN
                ? "the run is open"
                : "neither a server nor the repository knows the run");
  }

  private static Instant lastChange(Path folder) throws IOException {
    return Files.getLastModifiedTime(folder).toInstant();
  }

  private GcItem remove(Path folder, String run, FileCount size) throws InterruptedException {
    if (!request.dryRun()) {
      try {
        RunClosing.remove(project, new Supervisor(), folder);
      } catch (IOException | GitException e) {
        return kept(folder, run, size, "it cannot be removed: " + e.getMessage());
      }
    }
    return GcItem.removed(
        GcItem.Kind.FOLDER,
        folder.toString(),
        run,
        size.files(),
        size.bytes(),
        "the run has ended; what its attempts left is kept in git");
  }

  private static GcItem kept(
      Path folder, @Nullable String run, FileCount size, String because) {
    return GcItem.kept(
        GcItem.Kind.FOLDER, folder.toString(), run, size.files(), size.bytes(), because);
  }
}
