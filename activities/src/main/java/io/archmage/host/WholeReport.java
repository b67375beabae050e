package io.archmage.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.archmage.contract.RunKey;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
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
    return whole;
  }

  private void complete(ObjectNode task) {
    log(task.path("output_ref").textValue())
        .flatMap(tree -> repository.objects().readFile(tree, "output"))
        .ifPresent(output -> task.put("output", new String(output, StandardCharsets.UTF_8)));
    String commit = task.path("commit").textValue();
    if (commit != null && task.path("changed_files").isEmpty()) {
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
