package io.archmage.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.contract.PreparedTask;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.plan.MergeRules;
import io.archmage.plan.Plan;
import io.archmage.plan.PlanJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A plan as a run keeps it in its repository: a tree with the plan itself and what the workflow
 * needs of its tasks.
 */
public final class StoredPlan {

  /** Well below the server's limit for one message, whatever the tasks. */
  private static final int PIECE_BYTES = 900_000;

  private static final String PLAN = "plan.json";
  private static final String TASKS = "tasks.json";
  private static final String RULES = "merge-rules.json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<PreparedTask>> TASK_LIST = new TypeReference<>() {};

  private final GitRepository repository;

  /** Plans of that repository. */
  public StoredPlan(GitRepository repository) {
    this.repository = repository;
  }

  /** Stores a plan whose work is merged by lines, see below. */
  public CommitId store(RunRefs refs, Plan plan, List<PreparedTask> tasks) {
    return store(refs, plan, tasks, Optional.empty());
  }

  /**
   * Stores a plan under the run's ref and returns the id of its tree.
   *
   * @param rules by which its work is merged, empty if by lines alone
   */
  public CommitId store(
      RunRefs refs, Plan plan, List<PreparedTask> tasks, Optional<MergeRules> rules) {
    try {
      Map<String, byte[]> files = new TreeMap<>();
      files.put(PLAN, PlanJson.write(plan).getBytes(StandardCharsets.UTF_8));
      files.put(TASKS, JSON.writeValueAsBytes(tasks));
      if (rules.isPresent()) {
        files.put(RULES, JSON.writeValueAsBytes(rules.get()));
      }
      CommitId tree = repository.objects().writeTree(files);
      point(refs.plan(), tree);
      return tree;
    } catch (JsonProcessingException e) {
      throw new GitException("cannot write the plan of " + refs.run(), e);
    }
  }

  /** A repeat may store another plan: the configuration may have changed in between. */
  private void point(String ref, CommitId tree) {
    Optional<CommitId> present = repository.refs().read(ref);
    if (present.isEmpty()) {
      repository.refs().create(ref, tree);
    } else {
      repository.refs().update(ref, tree, present.get());
    }
  }

  /** The plan of that tree. */
  public Plan plan(CommitId tree) {
    return PlanJson.read(new String(read(tree, PLAN), StandardCharsets.UTF_8));
  }

  /** All tasks of that tree. */
  public List<PreparedTask> tasks(CommitId tree) {
    try {
      return JSON.readValue(read(tree, TASKS), TASK_LIST);
    } catch (IOException e) {
      throw new GitException("cannot read the stored tasks of " + tree, e);
    }
  }

  /** The rules by which a run's work is merged, empty if by lines alone. */
  public Optional<MergeRules> rules(RunRefs refs) {
    return repository
        .refs()
        .read(refs.plan())
        .flatMap(tree -> repository.objects().readFile(tree, RULES))
        .map(StoredPlan::rules);
  }

  private static MergeRules rules(byte[] json) {
    try {
      return JSON.readValue(json, MergeRules.class);
    } catch (IOException e) {
      throw new GitException("cannot read the stored rules for merging", e);
    }
  }

  /** As many tasks as one message carries, from an index on; at least one. */
  static List<PreparedTask> piece(List<PreparedTask> tasks, int from) {
    int end = from;
    long bytes = 0;
    while (end < tasks.size()) {
      bytes += size(tasks.get(end));
      if (bytes > PIECE_BYTES && end > from) {
        break;
      }
      end++;
    }
    return tasks.subList(from, end);
  }

  private static long size(PreparedTask task) {
    try {
      return JSON.writeValueAsBytes(task).length + 1L;
    } catch (JsonProcessingException e) {
      throw new GitException("cannot write task " + task.id(), e);
    }
  }

  private byte[] read(CommitId tree, String file) {
    return repository
        .objects()
        .readFile(tree, file)
        .orElseThrow(() -> new GitException("the stored plan " + tree + " has no " + file, null));
  }
}
