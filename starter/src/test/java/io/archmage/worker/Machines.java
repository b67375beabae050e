package io.archmage.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Machines that share runs: each is a worker process with a clone, a state directory and a name of
 * its own. They have nothing in common but a server and a bare repository.
 */
final class Machines implements AutoCloseable {

  private static final String SHARE =
      """
          share: {remote: origin, takeover_after: 2s}
          workspace: {snapshot_every: 1s}
          parallel_execution:
            concurrency: {max_parallel: 8, per_familiar_limit: {codex: 8}}
            error_handling: {max_retries: 3, on_failure: {retry_delay: 50}}
          """;

  private final String queue = "machines-" + UUID.randomUUID();
  private final TestProject origin;
  private final TestProject bare;
  private final Map<String, TestProject> projects = new LinkedHashMap<>();
  private final Map<String, WorkerJvm> workers = new LinkedHashMap<>();

  /** A bare repository with one commit. */
  Machines(Path root) throws Exception {
    origin = TestProject.make(root).configure(SHARE);
    bare = origin.bare();
    origin.git("push", "-q", bare.repository().toString(), "main");
  }

  /** What they share. */
  TestProject bare() {
    return bare;
  }

  /** The scripts and the log of invocations that all familiars have. */
  TestProject origin() {
    return origin;
  }

  /** A machine's clone. */
  TestProject clone(String name) {
    return projects.get(name);
  }

  /** Starts a machine's worker and waits until it serves. */
  void start(String name, String url) throws Exception {
    if (!projects.containsKey(name)) {
      projects.put(name, origin.machine(name, url));
    }
    WorkerJvm worker =
        WorkerJvm.start(
            DevServer.shared().target(), queue, projects.get(name), "--host", name);
    workers.put(name, worker);
    Await.until(name + " serves", () -> worker.log().contains("serving"));
  }

  /** Starts a run. */
  WorkflowStub run(String id, Object plan, Map<String, Object> options) {
    WorkflowStub stub =
        DevServer.shared()
            .client()
            .newUntypedWorkflowStub(
                "Plan", WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(queue).build());
    stub.start(plan, options);
    return stub;
  }

  /** Waits for the end of a run and returns its whole report from the shared repository. */
  JsonNode report(WorkflowStub stub, String id) throws Exception {
    try {
      stub.getResult(180, TimeUnit.SECONDS, JsonNode.class);
    } catch (TimeoutException stuck) {
      throw new AssertionError(stub.describe().getRawDescription() + "\n" + logs(), stuck);
    }
    return new ObjectMapper().readTree(bare.git("show", "refs/archmage/" + id + "/report"));
  }

  /** Tasks whose attempt of that number has a workspace on a machine, or had one. */
  List<String> tasksOn(String name, int attempt) {
    Path repositories = projects.get(name).state().path().resolve("repos");
    if (!Files.isDirectory(repositories)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(repositories, 6)) {
      return found
          .filter(path -> path.endsWith("attempt-" + attempt + "/journal"))
          .map(path -> path.getName(path.getNameCount() - 3).toString())
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException moving) {
      return List.of();
    }
  }

  /** A ref of the shared repository. */
  Optional<String> ref(String name) throws Exception {
    List<String> command = List.of("git", "rev-parse", "-q", "--verify", name);
    Commands.Result result = Commands.tryRun(bare.repository(), command);
    return result.code() == 0 ? Optional.of(result.output().strip()) : Optional.empty();
  }

  WorkerJvm worker(String name) {
    return workers.get(name);
  }

  /** Machines' logs, for a test that failed. */
  String logs() throws IOException {
    List<String> logs = new ArrayList<>();
    for (Map.Entry<String, WorkerJvm> worker : workers.entrySet()) {
      logs.add(worker.getKey() + ":\n" + worker.getValue().log());
    }
    return String.join("\n", logs);
  }

  @Override
  public void close() throws Exception {
    for (WorkerJvm worker : workers.values()) {
      worker.close();
    }
  }
}
