package io.archmage.graph;

import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.ProblemCollector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refuses values of single tasks: paths, sizes and ranges. */
final class TaskCheck {

  /** The longest description in bytes of UTF-8: what Linux takes as one argument. */
  static final int MAX_DESCRIPTION = 128 * 1024 - 1;

  private final PlanSurroundings surroundings;
  private final ProblemCollector problems;

  TaskCheck(PlanSurroundings surroundings, ProblemCollector problems) {
    this.surroundings = surroundings;
    this.problems = problems;
  }

  void check(TaskSpec task) {
    paths(task, "outputs", task.outputs());
    paths(task, "inputs", task.inputs());
    if (task.promptFile() != null) {
      promptFile(task, task.promptFile());
    }
    if (task.description() != null) {
      description(task, task.description());
    }
    if (task.priority() < 1 || task.priority() > TaskSpec.MAX_PRIORITY) {
      range(task, "priority", Integer.toString(task.priority()));
    }
    positive(task, "estimate", task.estimate());
    positive(task, "timeout", task.timeout());
    positive(task, "stall_timeout", task.stallTimeout());
  }

  private void paths(TaskSpec task, String key, List<String> paths) {
    for (String path : paths) {
      RepositoryPath.mistake(path).ifPresent(mistake -> path(task, key, path, mistake));
    }
  }

  private void path(TaskSpec task, String key, String path, String mistake) {
    problems.add(
        task.position(),
        ProblemCode.INVALID_PATH,
        task.id(),
        what(task, key) + ": path " + Quoted.of(path) + " " + mistake,
        "Write a path inside the repository with slashes, such as \"src/api.ts\".");
  }

  private void promptFile(TaskSpec task, String path) {
    Optional<String> mistake =
        path.endsWith("/") ? Optional.of("is a directory") : RepositoryPath.mistake(path);
    if (mistake.isPresent()) {
      path(task, "prompt_file", path, mistake.get());
    } else if (!surroundings.fileExists(RepositoryPath.normalized(path))) {
      problems.add(
          task.position(),
          ProblemCode.MISSING_FILE,
          task.id(),
          what(task, "prompt_file") + ": the base commit has no file " + Quoted.of(path),
          "Commit the file or correct the path.");
    }
  }

  private void description(TaskSpec task, String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_DESCRIPTION) {
      problems.add(
          task.position(),
          ProblemCode.DESCRIPTION_TOO_LONG,
          task.id(),
          what(task, "description") + " has " + bytes + " bytes, at most " + MAX_DESCRIPTION
              + " fit into a command line",
          "Put it into a file and name it with \"prompt_file\"; familiars read it from"
              + " {prompt_file}.");
    }
  }

  private void positive(TaskSpec task, String key, @Nullable Duration value) {
    if (value != null && (value.isNegative() || value.isZero())) {
      range(task, key, value.toMillis() + "ms");
    }
  }

  private void range(TaskSpec task, String key, String value) {
    String range = key.equals("priority") ? "from 1 to " + TaskSpec.MAX_PRIORITY : "above 0";
    problems.add(
        task.position(),
        ProblemCode.OUT_OF_RANGE,
        task.id(),
        what(task, key) + " is " + value + ", expected a value " + range,
        "Write a value " + range + ".");
  }

  private static String what(TaskSpec task, String key) {
    return Quoted.of(key) + " of " + Quoted.task(task.id());
  }
}
