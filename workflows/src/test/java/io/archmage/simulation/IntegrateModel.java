package io.archmage.simulation;

import io.archmage.contract.FileConflict;
import io.archmage.contract.IntegrateRequest;
import io.archmage.contract.IntegrationResult;
import io.archmage.contract.Resolution;
import io.archmage.simulation.GitModel.Change;
import io.archmage.simulation.GitModel.Merge;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code io.archmage.merge.Integrator}, step by step. */
final class IntegrateModel {

  private final World world;
  private final GitModel git;
  private final ActivityRun run;
  private final IntegrateRequest request;
  private final String mark;

  IntegrateModel(World world, ActivityRun run, IntegrateRequest request) {
    this.world = world;
    this.git = world.git;
    this.run = run;
    this.request = request;
    this.mark = Host.key(request.task(), request.attempt());
  }

  IntegrationResult integrate() {
    if (!git.commit(request.commit()).parents().equals(List.of(request.base()))) {
      throw new Violation(mark + " is not a child of its base");
    }
    if (world.mutation == Mutation.MERGED_IN_WORDS_ONLY) {
      return merged(request.knownHead(), "textual");
    }
    RepositoryLock.take(run);
    try {
      while (true) {
        Optional<IntegrationResult> outcome = attempt(head());
        if (outcome.isPresent()) {
          return outcome.get();
        }
      }
    } finally {
      RepositoryLock.give(run);
    }
  }

  private String head() {
    String known =
        world.mutation == Mutation.KNOWN_HEAD_FORGOTTEN ? world.base : request.knownHead();
    return BranchModel.headWith(git, run, known)
        .orElseThrow(() -> new HostTrouble("somebody moved the branch"));
  }

  private Optional<IntegrationResult> attempt(String head) {
    run.step("look for the merge");
    Optional<String> done = find(head);
    if (done.isPresent()) {
      return Optional.of(merged(done.get(), "textual"));
    }
    run.step("merge");
    SortedMap<String, SortedSet<String>> theirs = git.tree(request.commit());
    if (theirs.equals(git.tree(request.base()))) {
      return Optional.of(merged(head, "unchanged"));
    }
    return request.resolution() == null ? byRules(head, theirs) : decided(head, theirs);
  }

  private Optional<String> find(String head) {
    return world.mutation == Mutation.MERGE_NOT_LOOKED_FOR
        ? Optional.empty()
        : git.find(
            head,
            id -> id.equals(request.knownHead()) || id.equals(request.base()),
            id -> id.equals(request.commit()) || git.commit(id).mark().equals(mark));
  }

  private Optional<IntegrationResult> byRules(
      String head, SortedMap<String, SortedSet<String>> theirs) {
    boolean forward = head.equals(request.base());
    SortedMap<String, SortedSet<String>> tree = theirs;
    if (!forward) {
      Merge merge = git.merge(git.tree(request.base()), git.tree(head), theirs);
      if (!merge.conflicts().isEmpty()) {
        return Optional.of(conflicted(head, merge.conflicts()));
      }
      tree = merge.tree();
      if (tree.equals(git.tree(head))) {
        return Optional.of(merged(head, "unchanged"));
      }
    }
    return advance(head, forward ? request.commit() : write(head, tree));
  }

  private Optional<IntegrationResult> decided(
      String head, SortedMap<String, SortedSet<String>> theirs) {
    Resolution wish = Objects.requireNonNull(request.resolution());
    Merge merge = git.merge(git.tree(request.base()), git.tree(head), theirs);
    List<String> unseen =
        merge.conflicts()
            .stream()
            .filter(
                path -> !wish.files().contains(path)
                    || !Objects.equals(
                        git.tree(wish.head()).get(path), git.tree(head).get(path)))
            .toList();
    if (!unseen.isEmpty()) {
      return Optional.of(
          new IntegrationResult.Refused(
              "the run has gone on", conflicted(head, merge.conflicts())));
    }
    TreeMap<String, SortedSet<String>> tree = new TreeMap<>(merge.tree());
    SortedMap<String, SortedSet<String>> side =
        wish.how().equals(Resolution.OURS) ? git.tree(head) : theirs;
    for (String path : merge.conflicts()) {
      if (side.containsKey(path)) {
        tree.put(path, side.get(path));
      }
    }
    return advance(head, write(head, tree));
  }

  private String write(String head, SortedMap<String, SortedSet<String>> tree) {
    run.step("write the merge commit");
    return git.write(
        new Commit(List.of(head, request.commit()), tree, mark, world.agenda.now()));
  }

  /** Empty if the head moved meanwhile. */
  private Optional<IntegrationResult> advance(String head, String next) {
    run.step("move the head");
    if (world.mutation == Mutation.HEAD_NOT_COMPARED) {
      git.set(GitModel.BRANCH, Optional.of(next));
    } else if (git.change(GitModel.BRANCH, Optional.of(head), Optional.of(next)) == Change.LOST) {
      return Optional.empty();
    }
    world.note(GitModel.BRANCH + " is " + next + " with " + mark);
    world.oracle.branchMoved(next);
    run.step("tell what was merged");
    return Optional.of(merged(next, "textual"));
  }

  private IntegrationResult merged(String head, String how) {
    return new IntegrationResult.Merged(head, how, List.of());
  }

  private IntegrationResult.Conflicted conflicted(String head, List<String> paths) {
    run.step("keep both sides");
    git.set("refs/archmage/run/conflicts/" + request.task() + "/ours", Optional.of(head));
    git.set(
        "refs/archmage/run/conflicts/" + request.task() + "/theirs",
        Optional.of(request.commit()));
    List<FileConflict> files = new ArrayList<>();
    new TreeSet<>(paths)
        .forEach(path -> files.add(new FileConflict(path, "both edited it", null)));
    return new IntegrationResult.Conflicted(head, files);
  }
}
