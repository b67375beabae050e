package io.archmage.gc;

import io.archmage.git.GitRepository;
import io.archmage.git.RefRemoval;
import io.archmage.project.Project;
import io.archmage.render.Durations;
import io.archmage.settings.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes what ended runs left in one repository and in the state directory. Folders go first: what
 * their attempts left becomes refs, which are then looked at like all others. Dead locks go before
 * refs, whose removal they would hinder.
 */
public final class GarbageCollection {

  private final Project project;
  private final StateDirectory state;
  private final RunEnds.RunFates fates;

  /** Collects the garbage of that project. */
  public GarbageCollection(Project project, StateDirectory state, RunEnds.RunFates fates) {
    this.project = project;
    this.state = state;
    this.fates = fates;
  }

  /** Removes it, or only says what would be removed; nothing else changes. */
  public List<GcItem> collect(GcRequest request) throws IOException, InterruptedException {
    GitRepository repository = project.repository();
    RunEnds ends = new RunEnds(repository, fates);
    List<GcItem> items = new ArrayList<>();
    items.addAll(new FolderGarbage(project, request, ends, fates).collect());
    items.addAll(new KeptWorkspaceGarbage(project, request).collect());
    items.addAll(locks(request));
    List<GcItem> groups = new GroupGarbage(repository, request, ends).collect();
    items.addAll(groups);
    Set<String> going =
        groups.stream().filter(GcItem::removed).map(GcItem::what).collect(Collectors.toSet());
    for (RunDecision decision : new RefGarbage(repository, request, ends, going).decide()) {
      items.addAll(carryOut(decision, request));
    }
    items.addAll(new LogGarbage(state, request).collect());
    return items;
  }

  private List<GcItem> carryOut(RunDecision decision, GcRequest request) {
    String run = decision.run().name();
    String what = decision.run().prefix();
    List<GcItem> items = new ArrayList<>();
    if (!decision.remove().isEmpty()) {
      Optional<String> failure =
          request.dryRun()
              ? Optional.empty()
              : new RefRemoval(project.repository())
                  .remove(decision.remove(), decision.witnesses());
      if (failure.isPresent()) {
        return List.of(
            GcItem.kept(
                GcItem.Kind.REFS,
                what,
                run,
                RunDecision.all(decision.run()).size(),
                0,
                "something changed meanwhile; try again: " + failure.get()));
      }
      boolean all = decision.staying().isEmpty();
      items.add(
          new GcItem(
              GcItem.Kind.REFS,
              what,
              run,
              true,
              decision.remove().size(),
              0,
              decision.because(),
              all ? decision.unmerged() : List.of()));
    }
    int staying = decision.staying().size();
    if (staying > 0) {
      boolean unmerged = !decision.unmerged().isEmpty();
      items.add(
          new GcItem(
              GcItem.Kind.REFS,
              what,
              run,
              false,
              staying,
              0,
              unmerged ? unmerged(decision.unmerged().size()) : decision.because(),
              decision.unmerged()));
    }
    return items;
  }

  private static String unmerged(int refs) {
    return refs
        + (refs == 1 ? " ref has" : " refs have")
        + " work that was never merged; --unmerged removes it, too";
  }

  /** Only those that Archmage alone can have made; others are the user's own to judge. */
  private List<GcItem> locks(GcRequest request) throws IOException, InterruptedException {
    List<GcItem> items = new ArrayList<>();
    for (LockFiles.LockFile lock : new LockFiles(project.repository()).find()) {
      String path = lock.path().toString();
      String age = Durations.text(Duration.between(lock.since(), request.now()));
      if (!lock.own()) {
        items.add(kept(path, "it is not Archmage's; see 'archmage doctor'"));
      } else if (!lock.isDead()) {
        items.add(kept(path, "process " + lock.holder().orElseThrow() + " may hold it"));
      } else if (!request.isOld(lock.since())) {
        items.add(kept(path, "it was made " + age + " ago"));
      } else {
        if (!request.dryRun()) {
          Files.deleteIfExists(lock.path());
        }
        items.add(
            GcItem.removed(
                GcItem.Kind.LOCK, path, null, 1, 0, "whoever made it " + age + " ago is dead"));
      }
    }
    return items;
  }

  private static GcItem kept(String path, String because) {
    return GcItem.kept(GcItem.Kind.LOCK, path, null, 1, 0, because);
  }
}
