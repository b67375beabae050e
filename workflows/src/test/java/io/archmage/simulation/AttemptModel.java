package io.archmage.simulation;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptFailure.Kind;
import io.archmage.contract.AttemptResult;
import io.archmage.contract.InvokeRequest;
import io.archmage.contract.Usage;
import io.archmage.simulation.ActivityRun.Wish;
import io.archmage.simulation.Host.Folder;
import io.archmage.simulation.Host.Workspace;
import io.archmage.simulation.Journal.Ended;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Supplier;

/** {@code io.archmage.familiar.Attempt}, step by step. */
final class AttemptModel {

  private static final int LOCK_LOOK = 50;
  private static final int LOST_MS = 1;
  private static final int CLAIM_LOOK = 100;
  private static final int CLAIM_LOOKS = 10;

  private final World world;
  private final ActivityRun run;
  private final InvokeRequest request;
  private final Supplier<Wish> control;
  private final Supplier<Wish> ask;
  private final Host host;

  /**
   * An attempt.
   *
   * @param control what was wanted when the server was last heard of
   * @param ask what the server wants now
   */
  AttemptModel(
      World world,
      ActivityRun run,
      InvokeRequest request,
      Supplier<Wish> control,
      Supplier<Wish> ask) {
    this.world = world;
    this.run = run;
    this.request =
        world.mutation == Mutation.STALE_BASE ? Stale.withBase(request, world.base) : request;
    this.control = control;
    this.ask = ask;
    this.host = world.host;
  }

  /** What {@code FamiliarActivitiesImpl} makes of it. */
  static Object invoke(World world, ActivityRun run, InvokeRequest request) {
    Optional<Folder> end = new AttemptModel(world, run, request, run::wish, run::ask).run();
    if (end.isEmpty()) {
      throw new HostTrouble("another worker follows the attempt now");
    }
    if (end.get().failure != null) {
      throw new FamiliarFailed(end.get().failure);
    }
    return end.get().result;
  }

  /** The folder with its end; empty if it was let go. */
  Optional<Folder> run() {
    int looks = 0;
    while (true) {
      run.step("take the lock");
      if (host.lock(request.task(), run) || world.mutation == Mutation.LOCK_IGNORED) {
        try {
          return locked();
        } finally {
          host.unlock(request.task(), run);
        }
      }
      if (control.get() == Wish.DETACH) {
        return Optional.empty();
      }
      run.waitFor(LOCK_LOOK * Math.min(20L, ++looks));
    }
  }

  private Optional<Folder> locked() {
    Folder known = host.folders.get(key());
    if (known != null && known.ended()) {
      return Optional.of(known);
    }
    run.step("attach");
    Journal journal = known == null ? null : known.journal;
    for (int look = 0; journal != null && !journal.claimed && look < CLAIM_LOOKS; look++) {
      run.waitFor(CLAIM_LOOK);
    }
    if (journal == null
        || !journal.claimed
        || world.mutation == Mutation.SECOND_FAMILIAR && journal.exit == null) {
      return start();
    }
    return settle(journal) == null ? follow(journal) : take(journal);
  }

  /** The recorded exit; null while the supervisor lives; a loss is recorded here. */
  private Ended settle(Journal journal) {
    if (journal.exit == null && !journal.alive) {
      run.step("sweep");
      if (journal.exit == null) {
        journal.exit = Ended.LOST;
      }
    }
    return journal.exit;
  }

  private Optional<Folder> start() {
    if (control.get() == Wish.CANCEL) {
      return ended(null, failure(Kind.CANCELLED, null, null, 0));
    }
    reapEarlierAttempts();
    run.step("make the folder");
    host.folder(request.task(), request.attempt()).request = request;
    run.step("prepare the workspace");
    Workspace workspace =
        host.workspaces.computeIfAbsent(request.task(), task -> new Workspace());
    world.oracle.workspaceUsed(workspace, "is prepared");
    workspace.whole = false;
    workspace.base = request.base();
    workspace.files = new TreeMap<>();
    run.step("fill the workspace");
    workspace.files = new TreeMap<>(world.git.tree(request.base()));
    workspace.whole = true;
    run.step("write the prompt");
    Folder folder = host.folder(request.task(), request.attempt());
    if (folder.journal == null || world.mutation == Mutation.SECOND_FAMILIAR) {
      folder.journal = new Journal(request, workspace);
    }
    Journal journal = folder.journal;
    if (!journal.claimed) {
      run.step("ask whether it is still wanted");
      switch (world.mutation == Mutation.START_NOT_ASKED_FOR ? Wish.GO_ON : ask.get()) {
        case DETACH -> {
          return Optional.empty();
        }
        case CANCEL -> {
          host.workspaces.remove(request.task());
          return ended(null, failure(Kind.CANCELLED, null, null, 0));
        }
        case GO_ON -> {}
      }
      run.step("spawn the supervisor");
      if (host.folders.get(key()) != folder || host.workspaces.get(request.task()) != workspace) {
        throw new HostTrouble("its folder is gone");
      }
      host.processes().spawn(journal);
      journal.follower = run;
      while (!journal.claimed) {
        run.waitFor(100);
      }
    }
    return follow(journal);
  }

  private void reapEarlierAttempts() {
    for (int attempt = 1; attempt < request.attempt(); attempt++) {
      Folder earlier = host.folders.get(Host.key(request.task(), attempt));
      if (earlier != null
          && earlier.request != null
          && !earlier.ended()
          && world.mutation != Mutation.EARLIER_NOT_KEPT) {
        new AttemptModel(world, run, earlier.request, () -> Wish.CANCEL, () -> Wish.CANCEL)
            .locked();
      }
      if (earlier != null && earlier.journal != null) {
        run.step("reap attempt " + attempt);
        Journal journal = earlier.journal;
        journal.claimed = true;
        if (journal.exit == null) {
          host.processes().end(journal, Ended.LOST);
        }
      }
    }
  }

  private Optional<Folder> follow(Journal journal) {
    boolean stopped = false;
    while (true) {
      journal.follower = run;
      journal.leaseUntil = world.agenda.now() + Processes.LEASE;
      if (settle(journal) != null) {
        return take(journal);
      }
      if (control.get() == Wish.DETACH) {
        return Optional.empty();
      }
      if (control.get() == Wish.CANCEL && !stopped) {
        stopped = true;
        host.processes().cancel(journal);
      }
      run.waitFor(Processes.LEASE / 3 - run.draw(90_000, "look", 0));
    }
  }

  private Optional<Folder> take(Journal journal) {
    run.step("keep what it left");
    if (world.mutation == Mutation.REMOVED_BEFORE_KEPT) {
      host.workspaces.remove(request.task());
    }
    Workspace workspace = host.workspaces.get(request.task());
    Optional<Folder> end;
    if (workspace == null) {
      end = ended(null, failure(Kind.INVALID_RESULT, journal, null, 1));
    } else {
      end = harvest(journal, workspace);
    }
    run.step("remove the workspace");
    host.workspaces.remove(request.task());
    run.step("remove the journal");
    Folder folder = host.folders.get(key());
    if (folder != null) {
      folder.journal = null;
    }
    return end;
  }

  private Optional<Folder> harvest(Journal journal, Workspace workspace) {
    world.oracle.workspaceUsed(workspace, "is kept");
    SortedMap<String, SortedSet<String>> files = new TreeMap<>(workspace.files);
    boolean changed = !files.equals(world.git.tree(request.base()));
    String commit = null;
    String ref = GitModel.attemptRef(request.task(), request.attempt());
    if (changed) {
      commit =
          world.git.write(new Commit(List.of(request.base()), files, key(), journal.endedAt));
      run.step("keep its ref");
      world.git.set(ref, Optional.of(commit));
    }
    run.step("keep its log");
    if (journal.exit == Ended.WELL) {
      return ended(
          new AttemptResult(
              request.readOnly() ? null : commit,
              changed ? ref : null,
              List.of(),
              List.of(),
              "",
              null,
              Instant.ofEpochMilli(journal.startedAt),
              Instant.ofEpochMilli(journal.endedAt),
              1,
              Usage.NONE),
          null);
    }
    return ended(null, failure(kind(journal.exit), journal, changed ? ref : null, 1));
  }

  /** From here on the answer is known. */
  private Optional<Folder> ended(AttemptResult result, AttemptFailure failure) {
    run.step("write the end");
    Folder folder = host.folder(request.task(), request.attempt());
    if (world.mutation == Mutation.END_NOT_WRITTEN) {
      folder = new Folder();
    }
    folder.result = result;
    folder.failure = failure;
    return Optional.of(folder);
  }

  private static Kind kind(Ended exit) {
    return switch (exit) {
      case WELL, BAD_RESULT -> Kind.INVALID_RESULT;
      case CODE -> Kind.EXIT;
      case SIGNAL -> Kind.SIGNAL;
      case TRY_LATER -> Kind.TRY_LATER;
      case CANCELLED -> Kind.CANCELLED;
      case LEASE, LOST -> Kind.LOST;
    };
  }

  private AttemptFailure failure(Kind kind, Journal journal, String ref, int invocations) {
    Instant end =
        journal == null ? null : Instant.ofEpochMilli(Math.max(journal.endedAt, LOST_MS));
    return new AttemptFailure(
        kind,
        null,
        "ended: " + kind,
        ref,
        "",
        null,
        journal == null ? null : Instant.ofEpochMilli(journal.startedAt),
        end,
        invocations,
        kind == Kind.TRY_LATER ? end.plusSeconds(run.draw(90, "defer", 0)) : null,
        Usage.NONE);
  }

  private String key() {
    return Host.key(request.task(), request.attempt());
  }
}
