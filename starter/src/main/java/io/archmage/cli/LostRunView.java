package io.archmage.cli;

import io.archmage.prepare.LostRun;
import io.archmage.prepare.RunClaims;
import io.archmage.prepare.TaskProgress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;

/**
 * A lost run as it is shown.
 *
 * @param candidate what the repository has of it
 * @param claim whose it is
 * @param folder where unfinished work of it lies on this machine, or null
 */
record LostRunView(
    OpenedProject.LostCandidate candidate, RunClaims.Claim claim, @Nullable Path folder) {

  /** What nobody can know any more, one sentence each. */
  List<String> unknown() {
    List<String> unknown = new ArrayList<>();
    LostRun run = candidate.run();
    if (run != null && has(run, TaskProgress.State.UNKNOWN)) {
      unknown.add("Whether attempts succeeded that were not merged and left no record of it.");
    }
    if (run != null && has(run, TaskProgress.State.NOT_MERGED)) {
      unknown.add("Why work that succeeded was not merged: perhaps it met a conflict.");
    }
    unknown
        .add("What the run had used and cost, when its tasks ran, and what people had answered.");
    if (claim.options() == null) {
      unknown.add("The options it was started with; give them again.");
    }
    return unknown;
  }

  private static boolean has(LostRun run, TaskProgress.State state) {
    return run.tasks().stream().anyMatch(task -> task.state() == state);
  }

  Map<String, Object> describe() {
    LostRun run = candidate.run();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("run_id", claim.runId());
    row.put("name", candidate.record().name());
    row.put("execution_run_id", claim.execution());
    row.put("base_commit", claim.base());
    row.put("target", claim.target());
    row.put("branch", candidate.record().branch().substring(Constants.R_HEADS.length()));
    row.put("head_commit", candidate.record().head() == null ? null : head());
    row.put("folder", folder == null ? null : folder.toString());
    row.put("can_go_on", run != null);
    row.put("because", candidate.because());
    row.put(
        "tasks", run == null ? List.of() : run.tasks().stream().map(LostRunView::task).toList());
    row.put("unknown", unknown());
    return row;
  }

  private String head() {
    return String.valueOf(candidate.record().head());
  }

  private static Map<String, Object> task(TaskProgress task) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", task.task().id().value());
    row.put("familiar", task.task().familiar().value());
    row.put("state", task.state().name().toLowerCase(Locale.ROOT));
    row.put("runs_again", !task.state().done());
    row.put("attempts", task.attempts());
    row.put("commit", task.commit() == null ? null : task.commit().hex());
    return row;
  }
}
