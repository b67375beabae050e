package io.archmage.familiar;

import io.archmage.contract.RunKey;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.plan.DependencyType;
import io.archmage.plan.TaskDependency;
import io.archmage.plan.TaskSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Hands the text results of the tasks that a task depends on to its familiar, one file each. */
final class AttemptInputs {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

  private AttemptInputs() {}

  static void write(GitRepository repository, RunKey run, TaskSpec task, Path folder)
      throws IOException {
    RunRefs refs = new RunRefs(run.name());
    for (TaskDependency dependency : task.dependsOn()) {
      if (dependency.type() == DependencyType.HARD) {
        String id = dependency.task().value();
        Optional<byte[]> output = output(repository, refs, id);
        if (output.isPresent()) {
          Files.write(folder.resolve(name(id, task)), output.get());
        }
      }
    }
  }

  /** The task's id if it is a file's name on every system, else escaped as in refs. */
  private static String name(String id, TaskSpec task) {
    long alike =
        task.dependsOn()
            .stream()
            .filter(other -> other.task().value().equalsIgnoreCase(id))
            .count();
    return alike == 1 && PLAIN.matcher(id).matches() ? id : RunRefs.escape(id);
  }

  /** The output of the newest attempt: only the one that succeeded is followed by a dependent. */
  private static Optional<byte[]> output(GitRepository repository, RunRefs refs, String task) {
    String first = refs.log(task, 1);
    String prefix = first.substring(0, first.length() - 1);
    return repository.refs()
        .list(prefix)
        .entrySet()
        .stream()
        .max(Comparator.comparingInt(AttemptInputs::number))
        .flatMap(log -> repository.objects().readFile(log.getValue(), AttemptLog.OUTPUT));
  }

  private static int number(Map.Entry<String, CommitId> log) {
    String ref = log.getKey();
    return Integer.parseInt(ref.substring(ref.lastIndexOf('/') + 1));
  }
}
