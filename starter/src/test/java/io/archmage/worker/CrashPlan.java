package io.archmage.worker;

import io.archmage.fault.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans in whose runs things are killed, with the repository and the familiars they need. */
enum CrashPlan {
  /**
   * Tasks that need each other, two of them in a group, whose branch lacks what the others made; all
   * succeed and are published.
   */
  MERGED(
      List.of(
          task("a"),
          grouped(task("b")),
          needing("c", "a", "b"),
          grouped(needing("d", "b")),
          needing("e", "c")),
      "error_handling: {max_retries: 8, on_failure: {retry_delay: 50}}",
      "completed",
      EnumSet.noneOf(Step.class)),

  /** What served only the task {@code f}, which always fails, is undone; nothing is published. */
  UNDONE(
      List.of(task("a"), task("b"), needing("c", "a"), needing("f", "b"), needing("m", "c")),
      """
          error_handling:
                max_retries: 3
                on_failure: {retry_delay: 50}
                on_cascade_failure: {preserve_successful: false}
          """,
      "rolled_back",
      EnumSet.of(
          Step.WORKTREE_MADE,
          Step.GROUP_JOINED,
          Step.WORKTREE_REMOVED,
          Step.GROUP_BRANCH_REMOVED,
          Step.PUBLICATION_COMMITTED,
          Step.TARGET_MOVED));

  /** All change the same file in other lines, and write for a while, so that they can be met. */
  private static final String SCRIPT =
      """
          i=0
          : >"$ARCHMAGE_TASK_ID.txt"
          while [ $i -lt 8 ]; do
            echo "$ARCHMAGE_TASK_ID $i" >>"$ARCHMAGE_TASK_ID.txt"
            sleep 0.03
            i=$((i + 1))
          done
          sed -i "s/^$ARCHMAGE_TASK_ID$/$ARCHMAGE_TASK_ID was here/" src/lines.txt
          mkdir -p "deep/$ARCHMAGE_TASK_ID"
          echo done >"deep/$ARCHMAGE_TASK_ID/file"
          [ "$ARCHMAGE_TASK_ID" != f ]
          """;

  private static final int ATTEMPTS_OF_F = 4;

  private final List<Map<String, Object>> tasks;
  private final String errors;
  private final String status;
  private final Set<Step> notReached;

  CrashPlan(
      List<Map<String, Object>> tasks, String errors, String status, Set<Step> notReached) {
    this.tasks = tasks;
    this.errors = errors;
    this.status = status;
    this.notReached = notReached;
  }

  private static Map<String, Object> task(String id) {
    return needing(id);
  }

  private static Map<String, Object> needing(String id, String... needs) {
    return Map.of("id", id, "familiar", "codex", "depends_on", List.of(needs));
  }

  private static Map<String, Object> grouped(Map<String, Object> task) {
    Map<String, Object> member = new LinkedHashMap<>(task);
    member.put("group", "g");
    return member;
  }

  /** What the workflow is given. */
  Map<String, Object> plan() {
    return Map.of("tasks", tasks);
  }

  /** How every run of it ends. */
  String status() {
    return status;
  }

  /** Whether a run that nothing disturbs comes to the step. */
  boolean reaches(Step step) {
    return !notReached.contains(step);
  }

  /** How often a familiar is started for the task if nothing is killed. */
  int attempts(String task) {
    return task.equals("f") ? ATTEMPTS_OF_F : 1;
  }

  /** The files that a run of it leaves. */
  String tree(TestProject project, String run) throws IOException, InterruptedException {
    return switch (this) {
      case MERGED -> project.tree("main");
      case UNDONE -> project.tree("archmage/" + run);
    };
  }

  /** A repository and familiars for it. */
  TestProject project(Path root) throws IOException, InterruptedException {
    TestProject project =
        TestProject.make(root)
            .configure(
                """
                    workspace: {setup: ["sh", "-c", "echo ready >setup.ignored"]}
                    parallel_execution:
                      %s
                    """
                    .formatted(errors));
    project.write("src/lines.txt",
        "1\na\n2\n3\nb\n4\n5\nc\n6\n7\nd\n8\n9\ne\n0\n10\nf\n11\n12\nm\n");
    project.write(".gitignore", "*.ignored\n");
    project.git("add", "-A");
    project.git("commit", "-q", "-m", "lines");
    for (String task : List.of("a", "b", "c", "d", "e", "f", "m")) {
      project.script(task, SCRIPT);
    }
    return project;
  }
}
