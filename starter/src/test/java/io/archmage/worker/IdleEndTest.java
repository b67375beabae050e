package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker that ends by itself. */
@Timeout(120)
class IdleEndTest {

  @TempDir
  Path folder;

  @Test
  void shouldServeARunAndEndWhenNoneIsOpen() throws Exception {
    DevServer server = DevServer.shared();
    String queue = "archmage-test-" + UUID.randomUUID();
    TestProject project = TestProject.make(folder);
    TemporalProgram temporal = new TemporalProgram(server.cli(), server.target(), folder);
    String id = "run-" + UUID.randomUUID();
    temporal.start(
        "Plan",
        queue,
        id,
        "--input-file",
        temporal.input("S0-02-pattern-a-independent.json").toString());
    WorkerProcess worker =
        new WorkerProcess(
            server.client(),
            new WorkerSettings(
                List.of(project.load().project()),
                queue,
                Duration.ofSeconds(2)));

    worker.run();

    assertThat(temporal.report(id).get("status").asText()).isEqualTo("completed");
  }
}
