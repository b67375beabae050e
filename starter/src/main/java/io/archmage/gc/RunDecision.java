package io.archmage.gc;

import io.archmage.git.CommitId;
import io.archmage.prepare.RunRecord;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What becomes of a run's refs.
 *
 * @param run the run
 * @param remove the refs that go, with where they must be
 * @param witnesses refs that stay and keep their commits, with where they were seen
 * @param unmerged refs of the run to work that was never merged, whether they go or stay
 * @param because why they go or stay
 */
record RunDecision(
    RunRecord run,
    SortedMap<String, CommitId> remove,
    SortedMap<String, CommitId> witnesses,
    List<String> unmerged,
    String because) {

  RunDecision {
    remove = Collections.unmodifiableSortedMap(new TreeMap<>(remove));
    witnesses = Collections.unmodifiableSortedMap(new TreeMap<>(witnesses));
    unmerged = List.copyOf(unmerged);
  }

  static RunDecision keep(RunRecord run, String because) {
    return new RunDecision(run, new TreeMap<>(), new TreeMap<>(), List.of(), because);
  }

  /** The refs and the branch that the run has. */
  static SortedMap<String, CommitId> all(RunRecord run) {
    SortedMap<String, CommitId> all = new TreeMap<>(run.refs());
    if (run.head() != null) {
      all.put(run.branch(), run.head());
    }
    return all;
  }

  /** The refs that stay. */
  Map<String, CommitId> staying() {
    Map<String, CommitId> staying = all(run);
    remove.keySet().forEach(staying::remove);
    return staying;
  }
}
