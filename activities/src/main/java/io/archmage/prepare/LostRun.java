package io.archmage.prepare;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.git.TaskTrailers;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.Plan;
import io.archmage.plan.TaskSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * A run that never ended, read from what it left in its repository: the plan, the branch with its
 * commits' trailers, the attempts and their logs.
 *
 * @param record what the repository has of it
 * @param claim whose it is
 * @param plan its plan as stored
 * @param head where its branch is, from which it can go on
 * @param tasks every task of the plan, in declared order
 */
public record LostRun(
    RunRecord record,
    RunClaims.Claim claim,
    Plan plan,
    CommitId head,
    List<TaskProgress> tasks) {

  /** Copies the list. */
  public LostRun {
    tasks = List.copyOf(tasks);
  }

  /**
   * Reads a run.
   *
   * @throws GitException with a message for people if what it left is not enough to go on with
   */
  public static LostRun read(GitRepository repository, RunRecord record) {
    RunClaims.Claim claim = record.claim();
    if (claim == null) {
      throw new GitException("nothing says whose run " + record.name() + " is", null);
    }
    CommitId tree =
        record.ref("plan")
            .orElseThrow(
                () -> new GitException(
                    "run " + record.name() + " was lost before its plan was stored", null));
    Plan plan = new StoredPlan(repository).plan(tree);
    CommitId head = head(repository, record, claim);
    return new LostRun(
        record, claim, plan, head, new Reader(repository, record, claim, head).tasks(plan));
  }

  private static CommitId head(
      GitRepository repository, RunRecord record, RunClaims.Claim claim) {
    if (record.head() == null) {
      throw new GitException(
          "the branch "
              + record.branch()
              + " of run "
              + record.name()
              + " is gone, and with it what was integrated; if you know the commit, put it back:"
              + " git branch "
              + record.branch().substring("refs/heads/".length())
              + " COMMIT",
          null);
    }
    if (!repository.objects().isAncestor(new CommitId(claim.base()), record.head())) {
      throw new GitException(
          record.branch() + " does not descend from the commit that run " + record.name()
              + " began with, " + claim.base(),
          null);
    }
    return record.head();
  }

  /**
   * The plan of what is left to do: the same tasks, of which those that are done are the plan's own
   * steps, which start nothing and wait for nothing.
   */
  public Plan remaining() {
    return new Plan(
        plan.name(),
        plan.execution(),
        tasks.stream().map(LostRun::remaining).toList(),
        plan.stages(),
        plan.barrier(),
        plan.input(),
        plan.split(),
        plan.conflicts(),
        plan.merge());
  }

  private static TaskSpec remaining(TaskProgress progress) {
    TaskSpec task = progress.task();
    return progress.state() == TaskProgress.State.OWN_STEP || !progress.state().done()
        ? task
        : TaskSpec.builder(task.id(), FamiliarName.ARCHMAGE)
            .description("done before, by " + task.familiar() + ": " + task.title())
            .outputKey(task.outputKey())
            .priority(task.priority())
            .position(task.position())
            .build();
  }

  /** How many tasks need not be invoked again. */
  public long done() {
    return tasks.stream().filter(task -> task.state().done()).count();
  }

  /** Looks up tasks in refs and history. */
  private record Reader(
      GitRepository repository, RunRecord record, RunClaims.Claim claim, CommitId head) {

    List<TaskProgress> tasks(Plan plan) {
      Map<String, TaskTrailers> trailers = new TreeMap<>();
      Map<String, CommitId> commits = new TreeMap<>();
      walk(trailers, commits);
      return plan.tasks()
          .stream()
          .map(
              task -> progress(
                  task,
                  Optional.ofNullable(trailers.get(task.id().value())),
                  Optional.ofNullable(commits.get(task.id().value()))))
          .toList();
    }

    /** Along first parents: the branch's own steps, each of which names its task. */
    private void walk(Map<String, TaskTrailers> trailers, Map<String, CommitId> commits) {
      try (RevWalk walk = new RevWalk(repository.jgit())) {
        RevCommit commit = walk.parseCommit(head.objectId());
        while (!commit.name().equals(claim.base())) {
          walk.parseBody(commit);
          CommitId id = CommitId.of(commit);
          TaskTrailers.parse(commit.getFullMessage())
              .filter(found -> found.run().equals(claim.runId()))
              .filter(found -> found.execution().equals(claim.execution()))
              .ifPresent(
                  found -> {
                    trailers.putIfAbsent(found.task(), found);
                    commits.putIfAbsent(found.task(), id);
                  });
          if (commit.getParentCount() == 0) {
            return;
          }
          commit = walk.parseCommit(commit.getParent(0));
        }
      } catch (IOException e) {
        throw new GitException("cannot read the history of " + record.branch(), e);
      }
    }

    private TaskProgress progress(
        TaskSpec task, Optional<TaskTrailers> integrated, Optional<CommitId> commit) {
      SortedMap<Integer, CommitId> logs = numbered("logs", task);
      SortedMap<Integer, CommitId> attempts = numbered("attempts", task);
      int tried =
          Math.max(
              logs.isEmpty() ? 0 : logs.lastKey(), attempts.isEmpty() ? 0 : attempts.lastKey());
      if (integrated.isPresent()) {
        return new TaskProgress(
            task,
            TaskProgress.State.INTEGRATED,
            tried,
            commit.orElseThrow(),
            logs.get(integrated.get().attempt()));
      }
      CommitId log = logs.get(tried);
      TaskProgress.State state = state(task, tried, log);
      return new TaskProgress(task, state, tried, null, state.done() ? log : null);
    }

    private TaskProgress.State state(TaskSpec task, int tried, @Nullable CommitId log) {
      if (task.familiar().equals(FamiliarName.ARCHMAGE)) {
        return TaskProgress.State.OWN_STEP;
      }
      if (tried == 0) {
        return TaskProgress.State.NOT_BEGUN;
      }
      if (numbered("unchanged", task).containsKey(tried)) {
        return TaskProgress.State.UNCHANGED;
      }
      return switch (log == null ? "" : KeptLog.end(repository, log)) {
        case KeptLog.SUCCEEDED -> TaskProgress.State.NOT_MERGED;
        case KeptLog.FAILED -> TaskProgress.State.FAILED;
        default -> TaskProgress.State.UNKNOWN;
      };
    }

    private SortedMap<Integer, CommitId> numbered(String kind, TaskSpec task) {
      String prefix = record.prefix() + kind + "/" + RunRefs.escape(task.id().value()) + "/";
      SortedMap<Integer, CommitId> numbered = new TreeMap<>();
      record.refs()
          .subMap(prefix, prefix + Character.MAX_VALUE)
          .forEach(
              (ref, object) -> {
                String number = ref.substring(prefix.length());
                if (number.matches("[1-9][0-9]{0,8}")) {
                  numbered.put(Integer.parseInt(number), object);
                }
              });
      return numbered;
    }
  }
}
