package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.Identity;
import io.archmage.git.RunRefs;
import io.archmage.plan.MergeRules;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What all merges between the branches of one run have in common.
 *
 * @param refs of the run
 * @param runId the run's id, as users name it
 * @param execution the id of the run's first execution
 * @param base the commit that the run started from
 * @param rules for merging files by their declarations, empty if they are merged by lines alone
 * @param author of the merge commits
 * @param when they were made
 */
public record GroupWork(
    RunRefs refs,
    String runId,
    String execution,
    CommitId base,
    Optional<MergeRules> rules,
    Identity author,
    Instant when) {

  /** The trailers that say whose work a commit is, to be added to. */
  Map<String, String> trailers() {
    Map<String, String> trailers = new LinkedHashMap<>();
    trailers.put("Run", runId);
    trailers.put("Execution", execution);
    return trailers;
  }
}
