package io.archmage.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.archmage.contract.AttemptResult;
import io.archmage.contract.RunKey;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Fills in from the repository what a report left out or cut for its way through the engine. */
final class WholeReport {

  /** The most of one output, in characters; the rest is under its ref. */
  static final int MAX_OUTPUT = 1_000_000;

  /** The most of all outputs together that are given in full; later ones stay cut. */
  private static final int MAX_OUTPUTS = 8_000_000;

  private final GitRepository repository;
  private final RunKey run;
  private int room = MAX_OUTPUTS;

  WholeReport(GitRepository repository, RunKey run) {
    this.repository = repository;
    this.run = run;
  }

  JsonNode complete(JsonNode report, String ref) {
    ObjectNode whole = report.deepCopy();
    whole.put("report_ref", ref);
    whole.put("execution_id", run.execution());
    whole.put("truncated", false);
    for (JsonNode task : whole.withArray("tasks")) {
      complete((ObjectNode) task);
    }
    pattern(whole);
    return whole;
  }

  /** What the pattern makes of its tasks, from their whole outputs and lists of files. */
  private static void pattern(ObjectNode whole) {
    ArrayNode tasks = whole.withArray("tasks");
    switch (whole.path("execution").asText()) {
      case "pipeline" -> {
        JsonNode last = tasks.path(tasks.size() - 1);
        if (succeeded(last)) {
          whole.set("output", last.path("output"));
        }
      }
      case "fan_out_fan_in" -> {
        SortedSet<String> files = new TreeSet<>();
        for (JsonNode task : tasks) {
          if (succeeded(task)) {
            task.path("changed_files").forEach(file -> files.add(file.asText()));
          }
        }
        files.forEach(whole.putArray("collected")::add);
      }
      default -> {}
    }
  }

  private static boolean succeeded(JsonNode task) {
    return task.path("status").asText().equals("succeeded");
  }

  private void complete(ObjectNode task) {
    log(task.path("output_ref").textValue())
        .flatMap(tree -> repository.objects().readFile(tree, "output"))
        .map(output -> bounded(output, task.path("output_ref").asText()))
        .filter(output -> output.length() <= room)
        .ifPresent(
            output -> {
              room -= output.length();
              task.put("output", output);
            });
    String commit = task.path("commit").textValue();
    int listed = task.path("changed_files").size();
    if (commit != null && (listed == 0 || listed >= AttemptResult.MAX_FILES)) {
      ArrayNode files = task.putArray("changed_files");
      changed(commit).forEach(files::add);
    }
  }

  /** Both ends of a long one. */
  private static String bounded(byte[] output, String ref) {
    if (output.length <= MAX_OUTPUT) {
      return new String(output, StandardCharsets.UTF_8);
    }
    int half = MAX_OUTPUT / 2;
    return new String(output, 0, half, StandardCharsets.UTF_8)
        + "\n["
        + (output.length - 2 * half)
        + " bytes left out, see "
        + ref
        + "]\n"
        + new String(output, output.length - half, half, StandardCharsets.UTF_8);
  }

  private Optional<CommitId> log(@Nullable String ref) {
    return ref == null ? Optional.empty() : repository.refs().read(ref);
  }

  private List<String> changed(String commit) {
    String names =
        repository
            .git()
            .run("diff-tree", "-r", "-z", "--no-commit-id", "--name-only", commit)
            .orThrow()
            .text();
    return names.isEmpty() ? List.of() : List.of(names.split("\0"));
  }
}
