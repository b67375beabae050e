package io.archmage.gc;

import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.merge.Checkouts;
import io.archmage.prepare.RunRecord;
import io.archmage.prepare.RunRecords;
import io.archmage.render.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides which refs of ended runs go. A run's refs go only if another branch, a tag, a
 * remote-tracking branch or a run that stays has everything on its branch; of attempts, those that
 * hold work which was never merged stay unless that is asked for.
 */
final class RefGarbage {

  private static final List<String> LASTING = List.of("refs/heads/", "refs/tags/", "refs/remotes/");

  /** Names another ref of the same remote, which is there by itself. */
  private static final String SYMBOLIC = "/HEAD";

  private static final Pattern ATTEMPT = Pattern.compile("attempts/([^/]+)/([1-9][0-9]*)(/own)?");

  private final GitRepository repository;
  private final GcRequest request;
  private final RunEnds ends;
  private final Reachability reachability;

  /** A run that ended long enough ago. */
  private record Candidate(RunRecord run, Instant ended) {}

  RefGarbage(GitRepository repository, GcRequest request, RunEnds ends) {
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
        case RunEnds.End.Ended ended -> candidates.add(new Candidate(run, ended.at()));
      }
    }
    roots(candidates);
    decisions.forEach(kept -> kept.staying().forEach(reachability::stays));
    candidates.stream()
        .sorted(Comparator.comparing(Candidate::ended).reversed())
        .forEach(
            candidate -> {
              RunDecision decision = decide(candidate.run());
              decision.staying().forEach(reachability::stays);
              decisions.add(decision);
            });
    decisions.sort(Comparator.comparing(decision -> decision.run().place()));
    return decisions;
  }

  private String tooYoung(Instant ended) {
    return "it ended " + Durations.text(Duration.between(ended, request.now())) + " ago";
  }

  /** Branches of people come before those of runs, since they are the better place to name. */
  private void roots(List<Candidate> candidates) {
    List<String> going = candidates.stream().map(candidate -> candidate.run().branch()).toList();
    SortedMap<String, CommitId> ofRuns = new TreeMap<>();
    for (String prefix : LASTING) {
      repository
          .refs()
          .list(prefix)
          .forEach(
              (ref, object) -> {
                if (ref.startsWith(RunRecords.BRANCHES)) {
                  ofRuns.put(ref, object);
                } else if (!ref.endsWith(SYMBOLIC)) {
                  reachability.stays(ref, object);
                }
              });
    }
    going.forEach(ofRuns::remove);
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
    if (head != null && unreached.contains(head.hex())) {
      return RunDecision.keep(
          run,
          "no other branch or tag has the work on "
              + run.branch().substring("refs/heads/".length())
              + "; publish it, or delete that branch");
    }
    MergedAttempts merged = new MergedAttempts(repository, run);
    List<String> unmerged =
        commits.entrySet()
            .stream()
            .filter(ref -> unreached.contains(ref.getValue().hex()))
            .filter(ref -> !merged.has(below(run, ref.getKey()), ref.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    SortedMap<String, CommitId> remove = new TreeMap<>(all);
    if (!request.unmerged() && !unmerged.isEmpty()) {
      unmerged.forEach(remove::remove);
      unmerged.forEach(ref -> remove.remove(logOf(run, ref)));
      List.of("run", "report").forEach(ref -> remove.remove(run.prefix() + ref));
    }
    SortedMap<String, CommitId> witnesses =
        witnesses(commits, unreached::contains, remove, target(run));
    return new RunDecision(run, remove, witnesses, unmerged, because(head, witnesses));
  }

  private SortedMap<String, CommitId> witnesses(
      Map<String, CommitId> commits,
      Predicate<String> unreached,
      Map<String, CommitId> remove,
      List<String> preferred) {
    SortedMap<String, CommitId> witnesses = new TreeMap<>();
    commits.forEach(
        (ref, commit) -> {
          if (remove.containsKey(ref) && !unreached.test(commit.hex())) {
            List<String> first = new ArrayList<>(preferred);
            first.addAll(witnesses.keySet());
            String witness = reachability.witness(commit, first).orElseThrow();
            witnesses.put(witness, reachability.seen(witness));
          }
        });
    return witnesses;
  }

  private static List<String> target(RunRecord run) {
    return run.claim() == null || run.claim().target() == null
        ? List.of()
        : List.of("refs/heads/" + run.claim().target());
  }

  private static String because(
      @Nullable CommitId head, Map<String, CommitId> witnesses) {
    return head == null || witnesses.isEmpty()
        ? "the run has ended"
        : "its work is in " + shortName(witnesses.keySet().iterator().next());
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
