package io.archmage.gc;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.Identity;
import io.archmage.git.RefRemoval;
import io.archmage.git.RunRefs;
import io.archmage.git.TaskTrailers;
import io.archmage.prepare.RunClaims;
import io.archmage.worker.RunFate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may go of the refs of ended runs, and what must stay. */
class RefGarbageTest {

  private static final Instant NOW = Instant.parse("2030-01-31T00:00:00Z");

  @TempDir
  Path directory;
  private GitRepository repository;
  private CommitId base;
  private final SortedMap<String, RunFate> fates = new TreeMap<>();

  @BeforeEach
  void begin() throws Exception {
    Process git =
        new ProcessBuilder("git", "init", "-q", "--initial-branch=main", directory.toString())
            .start();
    assertThat(git.waitFor()).isZero();
    repository = GitRepository.open(directory);
    base = commit("base", null, "base");
    repository.refs().create("refs/heads/main", base);
  }

  @AfterEach
  void end() {
    repository.close();
  }

  @Test
  void shouldNotLetTwoRunsBeEachOthersPlace() {
    CommitId head = run("a", base, 3);
    run("b", base, 2);
    repository.refs().set("refs/heads/archmage/b", head);

    Map<String, RunDecision> decisions = decisions(false);

    assertThat(decisions.get("b").remove()).isEmpty();
    assertThat(decisions.get("a").witnesses()).containsOnlyKeys("refs/heads/archmage/b");
  }

  @Test
  void shouldRemoveAnOlderRunWhoseWorkANewerOneKeeps() {
    CommitId first = run("a", base, 3);
    run("a.2", first, 2);

    RunDecision older = decisions(false).get("a");

    assertThat(older.remove()).containsKey("refs/heads/archmage/a");
    assertThat(older.witnesses()).containsOnlyKeys("refs/heads/archmage/a.2");
    assertThat(decisions(false).get("a.2").remove()).isEmpty();
  }

  @Test
  void shouldTakeTagsAndRemoteBranchesButNoStashForPlacesThatStay() {
    CommitId head = run("a", base, 3);
    repository.refs().create("refs/stash", head);
    assertThat(decisions(false).get("a").remove()).isEmpty();

    repository.refs().create("refs/remotes/origin/main", head);

    assertThat(decisions(false).get("a").witnesses())
        .containsOnlyKeys("refs/remotes/origin/main");
  }

  @Test
  void shouldKeepUnmergedAttemptsWithTheirLogsUnlessToldOtherwise() {
    CommitId head = run("a", base, 3);
    repository.refs().set("refs/heads/main", head);
    RunRefs refs = new RunRefs("a");
    CommitId other = commit("other", base, "other");
    CommitId same = repository.objects()
        .writeCommit(
            repository.objects().treeOf(base), List.of(base), Identity.ARCHMAGE, "same",
            Instant.EPOCH);
    CommitId full = commit("with what was left out", base, "full");
    repository.refs().create(refs.attempt("B", 1), other);
    repository.refs().create(refs.attempt("B", 2), same);
    repository.refs().create(refs.attempt("task", 1), full);
    repository.refs().create(refs.conflictTheirs("B"), other);
    for (int attempt : List.of(1, 2)) {
      repository.refs()
          .create(refs.log("B", attempt), repository.objects().writeTree(Map.of("x", new byte[0])));
    }

    RunDecision careful = decisions(false).get("a");

    assertThat(careful.unmerged()).containsExactly(refs.attempt("B", 1));
    assertThat(careful.staying())
        .containsOnlyKeys(refs.attempt("B", 1), refs.log("B", 1), refs.runRef());
    RunDecision all = decisions(true).get("a");
    assertThat(all.staying()).isEmpty();
    assertThat(all.unmerged()).containsExactly(refs.attempt("B", 1));
  }

  @Test
  void shouldKeepRunsThatAreOpenYoungOrUnknown() {
    repository.refs().set("refs/heads/main", run("open", base, 0));
    fates.put("open", RunFate.of(RunFate.State.OPEN));
    run("young", base, 0);
    fates.put("young", new RunFate(RunFate.State.ENDED, NOW.minus(Duration.ofHours(23))));
    run("unknown", base, 0);
    fates.put("unknown", RunFate.of(RunFate.State.UNKNOWN));
    run("unasked", base, 0);
    fates.put("unasked", RunFate.NOT_ASKED);

    assertThat(decisions(true).values()).allMatch(decision -> decision.remove().isEmpty());
    assertThat(decisions(true).get("open").because()).isEqualTo("the run is open");
    assertThat(decisions(true).get("young").because()).contains("ended 23", " ago");
    assertThat(decisions(true).get("unknown").because()).contains("archmage recover");
    assertThat(decisions(true).get("unasked").because()).contains("no server could be asked");
  }

  @Test
  void shouldTakeAReportForAnEndWhereTheServerKnowsNothing() {
    repository.refs().set("refs/heads/main", run("a", base, 0));
    fates.put("a", RunFate.of(RunFate.State.UNKNOWN));
    report("a", "another execution");
    assertThat(decisions(false).get("a").remove()).isEmpty();

    report("a", "a");

    assertThat(decisions(false).get("a").remove()).hasSize(5);
  }

  @Test
  void shouldRemoveNothingOfARunIfOneRefOrItsWitnessMoved() throws IOException {
    CommitId head = run("a", base, 3);
    repository.refs().set("refs/heads/main", head);
    RunDecision decision = decisions(false).get("a");
    CommitId further = commit("further", head, "further");
    RefRemoval removal = new RefRemoval(repository);

    repository.refs().set("refs/heads/main", base);
    assertThat(removal.remove(decision.remove(), decision.witnesses())).isPresent();
    repository.refs().set("refs/heads/main", head);
    repository.refs().set("refs/heads/archmage/a", further);
    assertThat(removal.remove(decision.remove(), decision.witnesses())).isPresent();
    assertThat(repository.refs().list("refs/archmage/a/")).hasSize(3);

    repository.refs().set("refs/heads/archmage/a", head);
    assertThat(removal.remove(decision.remove(), decision.witnesses())).isEmpty();
    assertThat(repository.refs().list("refs/archmage/a/")).isEmpty();
    assertThat(repository.refs().read("refs/heads/archmage/a")).isEmpty();
  }

  private Map<String, RunDecision> decisions(boolean unmerged) {
    RunEnds ends =
        new RunEnds(
            repository,
            (run, execution) -> fates.getOrDefault(execution, RunFate.NOT_ASKED));
    Map<String, RunDecision> decisions = new TreeMap<>();
    new RefGarbage(repository, new GcRequest(Duration.ofDays(1), false, unmerged, NOW), ends)
        .decide()
        .forEach(decision -> decisions.put(decision.run().name(), decision));
    return decisions;
  }

  /** An ended run with one integrated task; its execution is called like itself. */
  private CommitId run(String name, CommitId from, int daysAgo) {
    String id = name.replaceFirst("\\.2$", "");
    RunRefs refs = new RunRefs(name);
    new RunClaims(repository).claim(new RunClaims.Claim(id, name, from.hex(), "main", null, null));
    CommitId head =
        commit(
            name, from, new TaskTrailers(id, name, "task", 1, "codex").message("it"));
    repository.refs().set(refs.branch(), head);
    repository.refs().create(refs.attempt("task", 2), head);
    fates.put(name, new RunFate(RunFate.State.ENDED, NOW.minus(Duration.ofDays(daysAgo))));
    return head;
  }

  private void report(String run, String execution) {
    String json = "{\"execution_id\": \"" + execution + "\"}";
    repository.refs()
        .set(
            new RunRefs(run).report(),
            repository.objects().writeBlob(json.getBytes(StandardCharsets.UTF_8)));
  }

  private CommitId commit(
      String file, @Nullable CommitId parent, String message) {
    return repository.objects()
        .writeCommit(
            repository.objects().writeTree(Map.of(file, new byte[0])),
            parent == null ? List.of() : List.of(parent),
            Identity.ARCHMAGE,
            message,
            Instant.parse("2030-01-01T00:00:00Z"));
  }
}
