package io.archmage.git;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What git has recorded must outlast a power cut: git itself says what it has synced. */
class DurabilityTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  Path folder;

  private int flushes(Path trace) throws IOException {
    int flushes = 0;
    for (String line : Files.readAllLines(trace)) {
      JsonNode event = JSON.readTree(line);
      if (event.path("key").asText().equals("fsync/hardware-flush")) {
        flushes += event.path("value").asInt();
      }
    }
    return flushes;
  }

  @Test
  void shouldSyncTheFilesOfASnapshot() throws Exception {
    TestRepo repository = TestRepo.init(folder.resolve("repository"));
    Path files = Files.createDirectories(folder.resolve("files"));
    Files.writeString(files.resolve("new.txt"), "new\n");
    Path trace = folder.resolve("trace");

    NativeGit.over(repository.path(".git"), files, folder.resolve("index"))
        .with("GIT_TRACE2_EVENT", trace.toString())
        .run("add", "-A")
        .orThrow();

    assertThat(flushes(trace)).isPositive();
  }

  @Test
  void shouldSyncARefThatGitMoves() throws Exception {
    TestRepo repository = TestRepo.init(folder.resolve("repository"));
    repository.write("a.txt", "a\n");
    repository.git("add", "-A");
    repository.git("commit", "-q", "-m", "first");
    Path trace = folder.resolve("trace");

    NativeGit.in(repository.directory())
        .with("GIT_TRACE2_EVENT", trace.toString())
        .run("update-ref", "refs/heads/other", "HEAD")
        .orThrow();

    assertThat(flushes(trace)).isPositive();
  }
}
