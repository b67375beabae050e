package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose clock is set while a familiar is at work. */
@Timeout(180)
class ClockJumpTest {

  /** Adds the seconds in a file to the time of the day; elapsed time goes on as it does. */
  private static final String SHIM =
      """
          #define _GNU_SOURCE
          #include <fcntl.h>
          #include <stdlib.h>
          #include <sys/syscall.h>
          #include <time.h>
          #include <unistd.h>
          static long shift(void) {
            char text[32];
            int file = syscall(SYS_openat, AT_FDCWD, getenv("CLOCK_SHIFT"), O_RDONLY);
            if (file < 0) return 0;
            int n = syscall(SYS_read, file, text, sizeof text - 1);
            syscall(SYS_close, file);
            text[n < 0 ? 0 : n] = 0;
            return atol(text);
          }
          int clock_gettime(clockid_t clock, struct timespec *time) {
            int result = syscall(SYS_clock_gettime, clock, time);
            if (clock == CLOCK_REALTIME) time->tv_sec += shift();
            return result;
          }
          """;

  private static final String WRITE =
      "until [ -e \"$SCRIPTS/../go\" ]; do echo x >>file.txt; sleep 0.05; done\n";

  @TempDir
  Path folder;

  @Test
  void shouldNeitherEndNorForgetALivingFamiliar() throws Exception {
    Path shim = compile();
    Path shift = folder.resolve("shift");
    DevServer server = DevServer.shared();
    String queue = "archmage-test-" + UUID.randomUUID();
    String id = "run-" + UUID.randomUUID();
    TestProject project = TestProject.make(folder.resolve("project")).script("jump", WRITE);
    project.configure("workspace: {snapshot_every: 1s}\n");
    Files.writeString(
        project.configuration(),
        Files.readString(project.configuration())
            .replace("codex: {", "codex: {stall_timeout: 5m, "));
    TemporalProgram temporal = new TemporalProgram(server.cli(), server.target(), folder);
    Path plan =
        Files.writeString(
            folder.resolve("plan.json"),
            "{\"tasks\": [{\"id\": \"jump\", \"familiar\": \"codex\", \"description\": \"a\"}]}");
    List<String> jumping = List.of("env", "LD_PRELOAD=" + shim, "CLOCK_SHIFT=" + shift);
    try (WorkerJvm worker = WorkerJvm.start(jumping, server.target(), queue, project)) {
      temporal.start("Plan", queue, id, "--input-file", plan.toString());
      Await.until("it is at work", () -> project.invocations().contains("jump 1"));
      String work = "refs/archmage/" + id + "/attempts/jump/1";
      for (String seconds : List.of("0", "3600", "-3600", "0")) {
        set(shift, seconds);
        for (int times = 0; times < 2; times++) {
          String before = recorded(project, work);
          Await.until(
              "its work is recorded with a clock that is off by " + seconds + " s",
              () -> !recorded(project, work).equals(before));
        }
      }
      Files.createFile(project.root().resolve("go"));

      JsonNode report = temporal.report(id);

      assertThat(report.get("status").asText()).isEqualTo("completed");
      assertThat(report.get("tasks").get(0).get("attempts").asInt()).isEqualTo(1);
      assertThat(worker.log()).doesNotContain("Exception");
    }
    assertThat(project.invocations()).containsExactly("jump 1");
    assertThat(project.leftovers()).isEmpty();
    assertThat(temporal.workflow("show", "--workflow-id", id).output().contains("TIMED_OUT"))
        .as("the worker was taken for dead")
        .isFalse();
  }

  private void set(Path shift, String seconds) throws IOException {
    Path written = Files.writeString(folder.resolve("shift.new"), seconds);
    Files.move(written, shift, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String recorded(TestProject project, String ref) throws Exception {
    return project.git("for-each-ref", "--format=%(objectname)", ref);
  }

  private Path compile() throws Exception {
    Path source = Files.writeString(folder.resolve("shim.c"), SHIM);
    Path shim = folder.resolve("shim.so");
    try {
      Commands.run(
          folder, List.of("cc", "-shared", "-fPIC", "-o", shim.toString(), source.toString()));
    } catch (IOException noCompiler) {
      assumeTrue(false, "there is no C compiler to make a clock that can be set");
    }
    return shim;
  }
}
