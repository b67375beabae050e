package io.archmage.prepare;

import io.archmage.git.CommitId;
import io.archmage.git.FirstParents;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.git.TaskTrailers;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.Plan;
import io.archmage.plan.TaskSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.revwalk.RevCommit;
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
              + record.branch().substring(Constants.R_HEADS.length())
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
        plan.merge(),
        plan.groups());
  }

  private static TaskSpec remaining(TaskProgress progress) {
    TaskSpec task = progress.task();
    return progress.state() == TaskProgress.State.OWN_STEP || !progress.state().done()
        ? task
        : TaskSpec.builder(task.id(), FamiliarName.ARCHMAGE)
            .description("done before, by " + task.familiar() + ": " + task.title())
            .outputKey(task.outputKey())
            .group(task.group())
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
      SortedMap<String, RevCommit> newest = newest(head);
      // Work of a group that is not merged goes on from the group's branch.
      for (GroupRecord group : GroupRecord.of(repository, record)) {
        group.head()
            .ifPresent(
                own -> newest(own).forEach((task, commit) -> newest.putIfAbsent(task, commit)));
      }
      return plan.tasks()
          .stream()
          .map(task -> progress(task, Optional.ofNullable(newest.get(task.id().value()))))
          .toList();
    }

    /** The newest of a branch's own commits for each task that one names. */
    private SortedMap<String, RevCommit> newest(CommitId from) {
      SortedMap<String, RevCommit> newest = new TreeMap<>();
      new FirstParents(repository)
          .forEach(
              from,
              new CommitId(claim.base()),
              commit -> {
                Map<String, String> values = TaskTrailers.values(commit.getFullMessage());
                String undone = values.get(TaskTrailers.UNDONE);
                if (claim.runId().equals(values.get("Run"))
                    && claim.execution().equals(values.get("Execution"))) {
                  integrated(commit)
                      .map(TaskTrailers::task)
                      .or(() -> Optional.ofNullable(undone))
                      .ifPresent(task -> newest.putIfAbsent(task, commit));
                }
              });
      return newest;
    }

    private static Optional<TaskTrailers> integrated(RevCommit commit) {
      return TaskTrailers.parse(commit.getFullMessage());
    }

    private TaskProgress progress(TaskSpec task, Optional<RevCommit> newest) {
      SortedMap<Integer, CommitId> logs = numbered("logs", task);
      SortedMap<Integer, CommitId> attempts = numbered("attempts", task);
      int tried =
          Math.max(
              logs.isEmpty() ? 0 : logs.lastKey(), attempts.isEmpty() ? 0 : attempts.lastKey());
      Optional<TaskTrailers> integrated = newest.flatMap(Reader::integrated);
      if (integrated.isPresent()) {
        return new TaskProgress(
            task,
            TaskProgress.State.INTEGRATED,
            tried,
            CommitId.of(newest.orElseThrow()),
            logs.get(integrated.get().attempt()));
      }
      CommitId log = logs.get(tried);
      TaskProgress.State state =
          newest.isPresent() ? TaskProgress.State.UNDONE : state(task, tried, log);
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
