package io.archmage.gc;

import io.archmage.project.Project;
import io.archmage.render.Durations;
import io.archmage.workspace.TreeRemover;
import io.archmage.workspace.WorkspacePool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Removes workspaces of failed attempts that were put aside to look at; their files are in git. */
final class KeptWorkspaceGarbage {

  private final Project project;
  private final GcRequest request;

  KeptWorkspaceGarbage(Project project, GcRequest request) {
    this.project = project;
    this.request = request;
  }

  List<GcItem> collect() throws IOException {
    List<GcItem> items = new ArrayList<>();
    for (Path place : WorkspacePool.of(project).kept()) {
      Instant since = Files.getLastModifiedTime(place).toInstant();
      Duration age = Duration.between(since, request.now());
      boolean old = request.isOld(since);
      FileCount size = FileCount.of(place);
      if (old && !request.dryRun()) {
        TreeRemover.remove(place);
      }
      String because =
          old
              ? "a failed attempt's workspace, put aside " + Durations.text(age) + " ago"
              : "put aside to look at; a worker removes it in "
                  + Durations.text(WorkspacePool.KEPT_FOR.minus(age));
      items.add(
          new GcItem(
              GcItem.Kind.FOLDER,
              place.toString(),
              null,
              old,
              size.files(),
              size.bytes(),
              because,
              List.of()));
    }
    return items;
  }
}
