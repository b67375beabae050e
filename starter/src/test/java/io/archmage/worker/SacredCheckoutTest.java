package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run must not touch: the user's checkout, and other projects. */
@Timeout(180)
class SacredCheckoutTest {

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String queue = "archmage-test-" + UUID.randomUUID();
  private final String id = "run-" + UUID.randomUUID();

  @Test
  void shouldLeaveADirtyCheckoutByteIdentical() throws Exception {
    TestProject project = TestProject.make(folder);
    DirtyCheckout checkout = DirtyCheckout.make(project);
    TemporalProgram temporal = new TemporalProgram(server.cli(), server.target(), folder);
    try (ServingWorker worker = ServingWorker.start(server.client(), queue, project)) {
      Path plan = temporal.input("S0-03-pattern-b-staged.json");
      temporal.start("Plan", queue, id, "--input-file", plan.toString());

      JsonNode report = temporal.report(id);

      assertThat(worker).isNotNull();
      assertThat(report.get("status").asText()).isEqualTo("completed");
      assertThat(report.get("published").get("how").asText()).isEqualTo("left");
      assertThat(report.get("published").get("because").asText()).isNotBlank();
      assertThat(report.get("notes").toString()).contains("uncommitted changes");
    }
    assertThat(checkout.now()).isEqualTo(checkout.before());
    assertThat(project.git("stash", "list")).contains("stash@{0}");
    assertThat(project.git("diff", "--cached", "--name-only")).isEqualTo("staged.txt");
  }

  @Test
  void shouldKeepTwoProjectsOnOneServerApart() throws Exception {
    TestProject one = TestProject.make(folder.resolve("one"));
    TestProject two = TestProject.make(folder.resolve("two"));
    TemporalProgram temporal = new TemporalProgram(server.cli(), server.target(), folder);
    String plan = temporal.input("S0-03-pattern-b-staged.json").toString();
    try (ServingWorker first = ServingWorker.start(server.client(), queue, one);
        ServingWorker second = ServingWorker.start(server.client(), queue, two)) {
      for (int round = 1; round <= 3; round++) {
        for (TestProject project : new TestProject[] {one, two}) {
          temporal.start(
              "Plan",
              queue,
              name(project, round),
              "--input-file",
              plan,
              "--input-file",
              options(project).toString());
        }
      }
      for (int round = 1; round <= 3; round++) {
        for (TestProject project : new TestProject[] {one, two}) {
          JsonNode report = temporal.report(name(project, round));
          assertThat(report.get("repository").asText())
              .isEqualTo(project.repository().toRealPath().toString());
        }
      }
      temporal.start("Plan", queue, id, "--input-file", plan);
      assertThat(temporal.result(id).toString())
          .contains("Several repositories are served")
          .contains("argument 2");
      assertThat(first).isNotSameAs(second);
    }
    for (TestProject project : new TestProject[] {one, two}) {
      assertThat(project.invocations()).hasSize(15);
      assertThat(project.git("for-each-ref", "--format=%(refname:short)", "refs/heads/archmage"))
          .hasLineCount(3)
          .contains(name(project, 1));
      assertThat(project.leftovers()).isEmpty();
    }
  }

  private Path options(TestProject project) throws IOException {
    return Files.writeString(
        project.root().resolve("options.json"),
        "{\"repository\": \"" + project.repository() + "\"}");
  }

  private String name(TestProject project, int round) {
    return id + "-" + project.root().getFileName() + "-" + round;
  }
}
