package io.archmage.gc;

import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.merge.Checkouts;
import io.archmage.prepare.GroupRecord;
import io.archmage.prepare.RunRecord;
import io.archmage.prepare.RunRecords;
import io.archmage.render.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;

/**
 * Decides which refs of ended runs go. A run's refs go only if another branch, a tag, a
 * remote-tracking branch or a run that stays has everything on its branch; of attempts, those that
 * hold work which was never merged stay unless that is asked for.
 */
final class RefGarbage {

  /** Where refs stay that are not a run's. */
  static final List<String> LASTING =
      List.of(Constants.R_HEADS, Constants.R_TAGS, Constants.R_REMOTES);

  /** Names another ref of the same remote, which is there by itself. */
  private static final String SYMBOLIC = "/HEAD";

  private static final Pattern ATTEMPT = Pattern.compile("attempts/([^/]+)/([1-9][0-9]*)(/own)?");

  private final GitRepository repository;
  private final GcRequest request;
  private final RunEnds ends;
  private final Reachability reachability;
  private final Set<String> going;

  /** A run that ended long enough ago. */
  private record Candidate(RunRecord run, Instant ended) {}

  RefGarbage(GitRepository repository, GcRequest request, RunEnds ends) {
    this(repository, request, ends, Set.of());
  }

  /**
   * Decides about the refs of that repository.
   *
   * @param going branches of groups that go, or would in a dry run
   */
  RefGarbage(
      GitRepository repository, GcRequest request, RunEnds ends, Set<String> going) {
    this.going = going;
    this.repository = repository;
    this.request = request;
    this.ends = ends;
    this.reachability = new Reachability(repository);
  }

  /** What becomes of each run; newer runs are decided first, for older ones may be in them. */
  List<RunDecision> decide() {
    List<RunDecision> decisions = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    Checkouts checkouts = new Checkouts(repository);
    List<RunRecord> records = new RunRecords(repository).all();
    for (RunRecord run : records) {
      Optional<String> inUse = checkouts.use(run.branch());
      switch (ends.of(run)) {
        case RunEnds.End.NotProved not -> decisions.add(RunDecision.keep(run, not.because()));
        case RunEnds.End.Ended ended when !request.isOld(ended.at()) ->
          decisions.add(RunDecision.keep(run, tooYoung(ended.at())));
        case RunEnds.End.Ended ended when inUse.isPresent() ->
          decisions.add(RunDecision.keep(run, inUse.get()));
        case RunEnds.End.Ended ended when group(run).isPresent() ->
          decisions.add(
              RunDecision.keep(
                  run, "branch " + group(run).orElseThrow() + " of a group of its is there"));
        case RunEnds.End.Ended ended -> candidates.add(new Candidate(run, ended.at()));
      }
    }
    roots(candidates);
    decisions.forEach(this::stays);
    candidates.stream()
        .sorted(Comparator.comparing(Candidate::ended).reversed())
        .forEach(
            candidate -> {
              RunDecision decision = decide(candidate.run());
              stays(decision);
              decisions.add(decision);
            });
    decisions.sort(Comparator.comparing(decision -> decision.run().place()));
    return decisions;
  }

  /** The branch of a group that is not merged: what says whose it is stays with it. */
  private Optional<String> group(RunRecord run) {
    return GroupRecord.of(repository, run)
        .stream()
        .filter(group -> group.branch() != null && !going.contains(group.branchRef()))
        .map(group -> group.claim().name())
        .findFirst();
  }

  private String tooYoung(Instant ended) {
    return "it ended " + Durations.text(Duration.between(ended, request.now())) + " ago";
  }

  private void stays(RunDecision decision) {
    Map<String, CommitId> staying = decision.staying();
    CommitId branch = staying.remove(decision.run().branch());
    if (branch != null) {
      reachability.stays(decision.run().branch(), branch);
    }
    staying.forEach(reachability::stays);
  }

  /** Branches of people come before those of runs, since they are the better place to name. */
  private void roots(List<Candidate> candidates) {
    List<String> ended = candidates.stream().map(candidate -> candidate.run().branch()).toList();
    Map<String, CommitId> ofRuns = new TreeMap<>();
    for (String prefix : LASTING) {
      repository
          .refs()
          .list(prefix)
          .forEach(
              (ref, object) -> {
                if (ref.startsWith(RunRefs.BRANCHES)) {
                  ofRuns.put(ref, object);
                } else if (!ref.endsWith(SYMBOLIC) && !going.contains(ref)) {
                  reachability.stays(ref, object);
                }
              });
    }
    ended.forEach(ofRuns::remove);
    ofRuns.forEach(reachability::stays);
  }

  private RunDecision decide(RunRecord run) {
    SortedMap<String, CommitId> all = RunDecision.all(run);
    SortedMap<String, CommitId> commits = new TreeMap<>();
    all.forEach(
        (ref, object) -> {
          if (Reachability.commit(repository, object).isPresent()) {
            commits.put(ref, object);
          }
        });
    var unreached = reachability.unreached(commits.values());
    CommitId head = run.head();
    Optional<CommitId> squashed = squashed(run);
    if (head != null && unreached.contains(head.hex())) {
      boolean elsewhere = squashed.isPresent();
      if (!elsewhere || !request.unmerged()) {
        return RunDecision.keep(run, elsewhere ? squashed(run.branch()) : alone(run.branch()));
      }
    }
    MergedAttempts merged = new MergedAttempts(repository, run);
    List<String> unmerged =
        commits.entrySet()
            .stream()
            .filter(ref -> unreached.contains(ref.getValue().hex()))
            .filter(ref -> !merged.has(below(run, ref.getKey()), ref.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    NavigableMap<String, CommitId> remove = new TreeMap<>(all);
    if (!request.unmerged() && !unmerged.isEmpty()) {
      unmerged.forEach(remove::remove);
      unmerged.forEach(ref -> remove.remove(logOf(run, ref)));
      List.of("run", "report").forEach(ref -> remove.remove(run.prefix() + ref));
    }
    SortedMap<String, CommitId> going = new TreeMap<>(commits);
    going.keySet().retainAll(remove.keySet());
    going.values().removeIf(commit -> unreached.contains(commit.hex()));
    SortedMap<String, CommitId> witnesses = new TreeMap<>();
    String because = "the run has ended";
    if (head != null && remove.containsKey(run.branch())) {
      CommitId kept = unreached.contains(head.hex()) ? squashed.orElseThrow() : head;
      String place = witness(kept, target(run), witnesses);
      because = "its work is in " + shortName(place);
    }
    going.values().forEach(commit -> witness(commit, List.copyOf(witnesses.keySet()), witnesses));
    return new RunDecision(run, remove, witnesses, unmerged, because);
  }

  /** The commit by which the run's files were published, if that is reachable and has the same. */
  private Optional<CommitId> squashed(RunRecord run) {
    String published =
        run.report() == null ? "" : run.report().path("published").path("commit").asText();
    CommitId head = run.head();
    if (head == null || !published.matches("[0-9a-f]{40}")) {
      return Optional.empty();
    }
    CommitId commit = new CommitId(published);
    return Reachability.commit(repository, commit)
        .filter(found -> reachability.unreached(List.of(commit)).isEmpty())
        .filter(
            found -> repository
                .objects()
                .treeOf(head)
                .equals(CommitId.of(found.getTree())))
        .map(found -> commit);
  }

  private static String alone(String branch) {
    return "no other branch or tag has the work on " + shortName(branch)
        + "; publish it, or delete that branch";
  }

  private static String squashed(String branch) {
    return "its files were published as other commits, its own are only on " + shortName(branch)
        + "; --unmerged removes them";
  }

  /** Adds a place that keeps the commit, one of those to try first if it can be. */
  private String witness(
      CommitId commit, List<String> first, SortedMap<String, CommitId> witnesses) {
    String witness = reachability.witness(commit, first).orElseThrow();
    witnesses.put(witness, reachability.seen(witness));
    return witness;
  }

  private static List<String> target(RunRecord run) {
    return run.claim() == null || run.claim().target() == null
        ? List.of()
        : List.of(Constants.R_HEADS + run.claim().target());
  }

  private static String shortName(String ref) {
    return LASTING.stream()
        .filter(ref::startsWith)
        .findFirst()
        .map(prefix -> ref.substring(prefix.length()))
        .orElse(ref);
  }

  private static String below(RunRecord run, String ref) {
    return ref.startsWith(run.prefix()) ? ref.substring(run.prefix().length()) : ref;
  }

  private static String logOf(RunRecord run, String ref) {
    Matcher attempt = ATTEMPT.matcher(below(run, ref));
    return attempt.matches()
        ? run.prefix() + "logs/" + attempt.group(1) + "/" + attempt.group(2)
        : ref;
  }
}
