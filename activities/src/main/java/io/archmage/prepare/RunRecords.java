package io.archmage.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what runs keep in a repository: nothing but its refs and objects is asked. */
public final class RunRecords {

  /** The ref, below a run's others, that says that a person gave the run up. */
  static final String GIVEN_UP = "given-up";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final GitRepository repository;
  private final RunClaims claims;

  /** Records in that repository. */
  public RunRecords(GitRepository repository) {
    this.repository = repository;
    this.claims = new RunClaims(repository);
  }

  /** Every run that has refs here, in the order of their names. */
  public List<RunRecord> all() {
    SortedMap<String, SortedMap<String, CommitId>> places = new TreeMap<>();
    repository
        .refs()
        .list(RunRefs.ROOT)
        .forEach(
            (ref, object) -> {
              int end = ref.indexOf('/', RunRefs.ROOT.length());
              if (end > 0) {
                places
                    .computeIfAbsent(ref.substring(RunRefs.ROOT.length(), end),
                        key -> new TreeMap<>())
                    .put(ref, object);
              }
            });
    List<RunRecord> records =
        places.entrySet().stream().map(place -> read(place.getKey(), place.getValue())).toList();
    return records.stream().map(record -> withSuccessor(record, records)).toList();
  }

  /** The run of that name in the repository. */
  public Optional<RunRecord> named(String name) {
    String place = RunRefs.escape(name);
    return all().stream().filter(record -> record.place().equals(place)).findFirst();
  }

  /** The run of that execution. */
  public Optional<RunRecord> ofExecution(String execution) {
    return all().stream()
        .filter(record -> record.claim() != null)
        .filter(record -> Objects.requireNonNull(record.claim()).execution().equals(execution))
        .findFirst();
  }

  /** Notes that a person gave a lost run up; what it left stays until it is removed as garbage. */
  public void giveUp(RunRecord record) {
    CommitId note = repository.objects().writeBlob(new byte[0]);
    repository.refs().create(record.prefix() + GIVEN_UP, note);
  }

  private RunRecord read(String place, SortedMap<String, CommitId> refs) {
    CommitId run = refs.get(RunRefs.ROOT + place + "/run");
    CommitId report = refs.get(RunRefs.ROOT + place + "/report");
    return new RunRecord(
        place,
        refs,
        repository.refs().read(RunRefs.BRANCHES + place).orElse(null),
        run == null ? null : claim(run),
        report == null ? null : json(report),
        null);
  }

  /** Somebody else may have put anything there: nothing is known then. */
  private RunClaims.@Nullable Claim claim(CommitId blob) {
    try {
      return claims.at(blob).orElse(null);
    } catch (GitException unreadable) {
      return null;
    }
  }

  private static RunRecord withSuccessor(RunRecord record, List<RunRecord> all) {
    Optional<String> successor =
        all.stream()
            .filter(other -> recovers(other, record.place()))
            .map(RunRecord::name)
            .findFirst();
    return successor
        .map(
            name -> new RunRecord(
                record.place(),
                record.refs(),
                record.head(),
                record.claim(),
                record.report(),
                name))
        .orElse(record);
  }

  /** One that has not stored its plan may not have taken over all that it needs. */
  private static boolean recovers(RunRecord record, String place) {
    RunClaims.Claim claim = record.claim();
    return claim != null
        && record.ref("plan").isPresent()
        && claim.recovers() != null
        && RunRefs.escape(claim.recovers()).equals(place);
  }

  private @Nullable JsonNode json(CommitId blob) {
    try {
      Optional<byte[]> bytes = repository.objects().readBlob(blob);
      return bytes.isEmpty() ? null : JSON.readTree(bytes.get());
    } catch (GitException | IOException unreadable) {
      return null;
    }
  }
}
