package io.archmage.gc;

import com.fasterxml.jackson.databind.JsonNode;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.prepare.RunClaims;
import io.archmage.prepare.RunRecord;
import io.archmage.worker.RunFate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when runs ended: the server is asked, and where it does not know a run, what the
 * repository has is the proof.
 */
public final class RunEnds {

  private final GitRepository repository;
  private final RunFates fates;
  private final Map<String, End> known = new HashMap<>();

  /** Asks a server about an execution. */
  public interface RunFates {
    /** What it knows. */
    RunFate find(String runId, String execution);
  }

  /** How a run stands. */
  public sealed interface End {
    /** It ended then, or not later. */
    record Ended(Instant at) implements End {}

    /** It goes on, or nothing can be known; for people. */
    record NotProved(String because) implements End {}
  }

  /** Ends of the runs of that repository. */
  public RunEnds(GitRepository repository, RunFates fates) {
    this.repository = repository;
    this.fates = fates;
  }

  /** How that run stands, or stood when it was asked for first. */
  public End of(RunRecord run) {
    return known.computeIfAbsent(run.place(), place -> find(run));
  }

  private End find(RunRecord run) {
    RunClaims.Claim claim = run.claim();
    if (claim == null) {
      return new End.NotProved("nothing says whose it is");
    }
    RunFate fate = fates.find(claim.runId(), claim.execution());
    return switch (fate.state()) {
      case OPEN -> new End.NotProved("the run is open");
      case ENDED -> new End.Ended(fate.endedAt() == null ? lastSign(run) : fate.endedAt());
      case UNKNOWN ->
        run.hasEnded()
            ? new End.Ended(lastSign(run))
            : new End.NotProved(
                "the server does not know the run, and it stored no report; see 'archmage"
                    + " recover'");
      case NOT_ASKED ->
        run.hasEnded()
            ? new End.Ended(lastSign(run))
            : new End.NotProved("no server could be asked, and the run stored no report");
    };
  }

  /** The last event of its report, else its newest commit. */
  private Instant lastSign(RunRecord run) {
    return reported(run.report())
        .or(
            () -> Stream.concat(run.refs().values().stream(), Stream.ofNullable(run.head()))
                .flatMap(object -> committed(object).stream())
                .max(Comparator.naturalOrder()))
        .orElse(Instant.EPOCH);
  }

  private static Optional<Instant> reported(@Nullable JsonNode report) {
    if (report == null) {
      return Optional.empty();
    }
    JsonNode events = report.path("events");
    try {
      return Optional.of(Instant.parse(events.path(events.size() - 1).path("at").asText()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private Optional<Instant> committed(CommitId object) {
    return Reachability.commit(repository, object)
        .map(RevCommit::getCommitTime)
        .map(seconds -> Instant.ofEpochSecond(seconds));
  }
}
