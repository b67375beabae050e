package io.archmage.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import io.archmage.git.CommitId;
import io.archmage.git.RunRefs;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a repository has of one run.
 *
 * @param place the run's name as it is written in refs
 * @param refs its refs by their full names, without its branch
 * @param head where its branch is, or null if it has none
 * @param claim whose it is, or null if nothing says so
 * @param report its stored report, or null
 * @param recoveredAs the name of the run that went on with it, or null
 */
public record RunRecord(
    String place,
    SortedMap<String, CommitId> refs,
    @Nullable CommitId head,
    RunClaims.@Nullable Claim claim,
    @Nullable JsonNode report,
    @Nullable String recoveredAs) {

  /** More executions under one id are not told apart. */
  private static final int MOST_NAMES = 10_000;

  /** Copies the map. */
  public RunRecord {
    refs = Collections.unmodifiableSortedMap(new TreeMap<>(refs));
  }

  /** What all refs of the run begin with but that of its branch. */
  public String prefix() {
    return RunRefs.ROOT + place + "/";
  }

  /** The full name of its branch, whether there is one or not. */
  public String branch() {
    return RunRefs.BRANCHES + place;
  }

  /** The run's name in the repository, unescaped; as in refs if nothing says whose it is. */
  public String name() {
    if (claim == null) {
      return place;
    }
    return Stream.concat(
        Stream.of(claim.runId()),
        IntStream.range(2, MOST_NAMES).mapToObj(number -> claim.runId() + "." + number))
        .filter(name -> RunRefs.escape(name).equals(place))
        .findFirst()
        .orElse(place);
  }

  /**
   * Whether the repository proves that it ended: by its own report, by who went on with it, or
   * because a person gave it up.
   */
  public boolean hasEnded() {
    return recoveredAs != null
        || refs.containsKey(prefix() + RunRecords.GIVEN_UP)
        || (report != null
            && claim != null
            && report.path("execution_id").asText().equals(claim.execution()));
  }

  /** The object of one of its refs, by the name below its prefix. */
  public Optional<CommitId> ref(String below) {
    return Optional.ofNullable(refs.get(prefix() + below));
  }
}
