package io.archmage.simulation;

import io.archmage.simulation.ActivityRun.Wish;
import io.archmage.simulation.Host.Folder;
import java.util.List;
import java.util.Optional;

/** {@code io.archmage.host.RunClosing} and {@code AbandonedAttempt}, step by step. */
final class CloseModel {

  private final World world;
  private final ActivityRun run;

  CloseModel(World world, ActivityRun run) {
    this.world = world;
    this.run = run;
  }

  String close(String status) {
    run.step("store the report");
    world.git.set(
        GitModel.REPORT,
        Optional.of(
            world.git.write(new Commit(List.of(), GitTrees.of("status", status), "report", 0))));
    removeFolder();
    return GitModel.REPORT;
  }

  void removeFolder() {
    for (Folder folder : List.copyOf(world.host.folders.values())) {
      run.step("look for an abandoned attempt");
      if (folder.request != null
          && !folder.ended()
          && world.mutation != Mutation.ABANDONED_LEFT_ALONE) {
        new AttemptModel(world, run, folder.request, () -> Wish.CANCEL, () -> Wish.CANCEL)
            .run();
      }
    }
    run.step("remove the run's folder");
    world.host.removeFolders();
  }
}
