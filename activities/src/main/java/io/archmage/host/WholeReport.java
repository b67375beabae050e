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

  private final GitRepository repository;
  private final RunKey run;

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
        .ifPresent(output -> task.put("output", new String(output, StandardCharsets.UTF_8)));
    String commit = task.path("commit").textValue();
    int listed = task.path("changed_files").size();
    if (commit != null && (listed == 0 || listed >= AttemptResult.MAX_FILES)) {
      ArrayNode files = task.putArray("changed_files");
      changed(commit).forEach(files::add);
    }
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
