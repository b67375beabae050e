package io.archmage.share;

import io.archmage.config.ShareSettings;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.project.Project;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;

/** Runs whose truth is on a remote. */
public final class RemoteShare implements RunShare {

  /** How long one step waits for a remote that is away; the engine tries the step again later. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String PROBE = RunRefs.ROOT + "probe";

  /** Written once by one machine, or by the machine that has the attempt: ours is never older. */
  private static final List<String> ATTEMPTS = List.of("attempts/", "logs/", "unchanged/");

  private final GitRepository repository;
  private final Remote remote;
  private final ShareSettings settings;

  RemoteShare(GitRepository repository, Remote remote, ShareSettings settings) {
    this.repository = repository;
    this.remote = remote;
    this.settings = settings;
  }

  /** The share of a project, empty if its configuration has none. */
  public static Optional<RemoteShare> of(Project project, RemoteWait wait) {
    ShareSettings settings = project.configuration().share();
    return settings == null
        ? Optional.empty()
        : Optional.of(
            new RemoteShare(
                project.repository(),
                new Remote(project.repository(), settings.remote(), PATIENCE, wait),
                settings));
  }

  /** Who has a task of a run. */
  public TaskToken token(RunRefs refs, String task) {
    return new TaskToken(repository, remote, refs.token(task));
  }

  @Override
  public void bring(RunRefs refs) {
    SortedMap<String, CommitId> there = remote.list(refs.prefix() + "*", refs.branch());
    Map<String, CommitId> here = repository.refs().list(refs.prefix());
    List<String> wanted = new ArrayList<>();
    CommitId head = there.remove(refs.branch());
    if (head != null && !repository.objects().has(head)) {
      wanted.add("+" + refs.branch() + ":" + refs.remoteHead());
    }
    there.forEach(
        (ref, object) -> {
          CommitId own = here.get(ref);
          if (own == null || !own.equals(object) && !isOfAttempt(refs, ref)) {
            wanted.add("+" + ref + ":" + ref);
          }
        });
    remote.fetch(wanted);
  }

  private static boolean isOfAttempt(RunRefs refs, String ref) {
    String below = ref.substring(refs.prefix().length());
    return ATTEMPTS.stream().anyMatch(below::startsWith);
  }

  @Override
  public boolean isFree(RunRefs refs) {
    SortedMap<String, CommitId> there = remote.list(refs.runRef(), refs.branch());
    if (there.containsKey(refs.runRef())) {
      remote.fetch(List.of("+" + refs.runRef() + ":" + refs.runRef()));
      return false;
    }
    return there.isEmpty();
  }

  @Override
  public boolean claim(RunRefs refs) {
    CommitId own = repository.refs().read(refs.runRef()).orElseThrow();
    if (remote.push(List.of(RefMove.create(refs.runRef(), own))) == Remote.Pushed.DONE) {
      return true;
    }
    remote.fetch(List.of("+" + refs.runRef() + ":" + refs.runRef()));
    return false;
  }

  @Override
  public void keep(RunRefs refs) {
    keep(
        repository
            .refs()
            .list(refs.prefix())
            .keySet()
            .stream()
            .filter(ref -> !ref.equals(refs.remoteHead()))
            .filter(ref -> !ref.startsWith(refs.prefix() + RunRefs.TOKENS))
            .toList(),
        refs.prefix() + "*");
  }

  @Override
  public void keep(List<String> refs) {
    if (!refs.isEmpty()) {
      keep(refs, refs.toArray(String[]::new));
    }
  }

  private void keep(List<String> refs, String... patterns) {
    for (int i = 0; i < Remote.RACES; i++) {
      SortedMap<String, CommitId> there = remote.list(patterns);
      List<RefMove> moves = new ArrayList<>();
      own(refs).forEach(
          (ref, object) -> {
            Optional<CommitId> from = Optional.ofNullable(there.get(ref));
            if (!from.equals(Optional.of(object))) {
              moves.add(new RefMove(ref, object, from));
            }
          });
      if (remote.push(moves) == Remote.Pushed.DONE) {
        return;
      }
    }
    throw remote.unsettled(refs.getFirst());
  }

  private SortedMap<String, CommitId> own(List<String> refs) {
    SortedMap<String, CommitId> own = new TreeMap<>();
    for (String ref : refs) {
      repository.refs().read(ref).ifPresent(object -> own.put(ref, object));
    }
    return own;
  }

  @Override
  public RunHeads heads(RunRefs refs) {
    return new RemoteHeads(repository, remote, refs);
  }

  @Override
  public RunHeads heads(RunRefs refs, String task, int attempt) {
    return new RemoteHeads(repository, remote, refs).fencedBy(token(refs, task), attempt);
  }

  @Override
  public Optional<String> pushTarget(String branch) {
    if (!settings.pushTarget()) {
      return Optional.empty();
    }
    String ref = Constants.R_HEADS + branch;
    CommitId own = repository.refs().read(ref).orElseThrow();
    for (int i = 0; i < Remote.RACES; i++) {
      CommitId there = remote.list(ref).get(ref);
      Optional<String> obstacle = obstacle(branch, there, own);
      if (obstacle.isPresent()
          || remote.push(
              List.of(new RefMove(ref, own, Optional.ofNullable(there)))) == Remote.Pushed.DONE) {
        return obstacle;
      }
    }
    throw remote.unsettled(ref);
  }

  private Optional<String> obstacle(String branch, @Nullable CommitId there, CommitId own) {
    String ref = Constants.R_HEADS + branch;
    if (there != null && !repository.objects().has(there)) {
      remote.fetch(List.of(ref));
    }
    if (there != null && !repository.objects().isAncestor(there, own)) {
      return Optional.of(
          "%s of %s has what this clone's lacks; bring both together and push it: git push %s %s"
              .formatted(branch, remote.title(), settings.remote(), branch));
    }
    return Optional.empty();
  }

  /**
   * Asks whether runs could be shared now; changes nothing.
   *
   * @param commit any commit
   * @throws RemoteAwayException if the remote does not answer
   * @throws RemoteRefusedException if it may not be read or pushed to
   */
  public void probe(CommitId commit) {
    remote.list(PROBE);
    remote.tryPush(List.of(RefMove.create(PROBE, commit)));
  }

  /** Its name in this clone. */
  public String name() {
    return remote.name();
  }

  /** What the remote is called, for people. */
  public String title() {
    return remote.title();
  }
}
