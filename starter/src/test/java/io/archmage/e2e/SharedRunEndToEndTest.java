package io.archmage.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.e2e.Workshop.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that other machines could work on, as a person starts it on one of them. */
class SharedRunEndToEndTest {

  @TempDir
  private Path root;

  @Test
  void shouldRunFromThisCheckoutAndPushWhatItMade() throws Exception {
    try (Workshop workshop = new Workshop(root)) {
      Path hub = root.resolve("hub.git");
      workshop.git("init", "-q", "--bare", hub.toString());
      workshop.git("remote", "add", "hub", hub.toString());
      Files.writeString(
          workshop.configurationFile(),
          "share: {remote: hub, push_target: true}\n",
          StandardOpenOption.APPEND);
      workshop.commit("Share");
      workshop.set("ARCHMAGE_HOST", "desk");
      Path plan = workshop.plan("plan.yaml", "tasks:\n  - {id: shared, familiar: codex}\n");

      Outcome run = workshop.run(plan, "--run-id", "shared-1");

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("Published");
      String head = workshop.git("rev-parse", "main");
      assertThat(workshop.git("rev-parse", "archmage/shared-1")).isEqualTo(head);
      assertThat(workshop.git("ls-remote", "hub"))
          .contains(
              head + "\trefs/heads/main",
              head + "\trefs/heads/archmage/shared-1",
              "refs/archmage/shared-1/attempts/shared/1",
              "refs/archmage/shared-1/report");
      assertThat(workshop.git("--git-dir=" + hub, "show", "refs/archmage/shared-1/tokens/shared"))
          .isEqualTo("{\"attempt\":1,\"host\":\"desk\",\"merged\":true}");
      assertThat(workshop.look("report", "shared-1").exitCode()).isZero();
      assertThat(workshop.look("doctor").out()).contains("answers and takes pushes");
    }
  }
}
