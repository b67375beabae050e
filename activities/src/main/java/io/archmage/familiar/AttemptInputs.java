package io.archmage.familiar;

import io.archmage.contract.InvokeRequest;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.plan.Plan;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskInput;
import io.archmage.plan.TaskSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** Hands the results that a task builds on to its familiar, one file each. */
final class AttemptInputs {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

  private final GitRepository repository;
  private final InvokeRequest request;
  private final RunRefs refs;

  AttemptInputs(GitRepository repository, InvokeRequest request) {
    this.repository = repository;
    this.request = request;
    this.refs = new RunRefs(request.run().name());
  }

  /** Writes the files and returns them by the names of the results. */
  SequencedMap<String, Path> write(Plan plan, TaskSpec task, Path folder) throws IOException {
    SequencedMap<String, Path> files = new LinkedHashMap<>();
    List<TaskInput> inputs = TaskInput.of(plan, task);
    for (TaskInput input : inputs) {
      Optional<byte[]> content =
          input.from() == null
              ? Optional.ofNullable(plan.input()).map(text -> text.getBytes(StandardCharsets.UTF_8))
              : output(input.from());
      if (content.isPresent()) {
        Path file = folder.resolve(fileName(input.name(), inputs));
        Files.write(file, content.get());
        files.put(input.name(), file);
      }
    }
    return files;
  }

  /** The name itself if it is a file's name on every system, else escaped as in refs. */
  private static String fileName(String name, List<TaskInput> inputs) {
    long alike = inputs.stream().filter(other -> other.name().equalsIgnoreCase(name)).count();
    return alike == 1 && PLAIN.matcher(name).matches() ? name : RunRefs.escape(name);
  }

  /** The whole output of the attempt that succeeded. */
  private Optional<byte[]> output(TaskId task) {
    Map<String, Integer> attempts = request.inputAttempts();
    Optional<CommitId> log =
        attempts == null
            ? newest(task.value())
            : log(task.value(), attempts.getOrDefault(task.value(), 1));
    return log.flatMap(tree -> repository.objects().readFile(tree, AttemptLog.OUTPUT));
  }

  private Optional<CommitId> log(String task, int attempt) {
    return attempt == 0 ? Optional.empty() : repository.refs().read(refs.log(task, attempt));
  }

  private Optional<CommitId> newest(String task) {
    String first = refs.log(task, 1);
    String prefix = first.substring(0, first.length() - 1);
    return repository.refs()
        .list(prefix)
        .entrySet()
        .stream()
        .max(Comparator.comparingInt(AttemptInputs::number))
        .map(Map.Entry::getValue);
  }

  private static int number(Map.Entry<String, CommitId> log) {
    String ref = log.getKey();
    return Integer.parseInt(ref.substring(ref.lastIndexOf('/') + 1));
  }
}
