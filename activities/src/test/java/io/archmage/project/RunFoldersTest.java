package io.archmage.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.contract.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of runs whose tasks have the names of Archmage's own files. */
class RunFoldersTest {
  private static final RunKey RUN = new RunKey("run", "execution", "run");

  @TempDir
  Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"run.json", ".run.json", "attempt-1", "workspace", "lock", ".."})
  void shouldHaveRoomForEveryTask(String task) throws IOException {
    RunFolders folders = new RunFolders(temp);
    folders.claim(RUN);

    Files.createDirectories(folders.attempt(RUN, task, 1));

    assertThat(folders.owner(folders.run(RUN))).contains(RUN);
    assertThat(folders.attempts(folders.run(RUN))).contains(folders.attempt(RUN, task, 1));
    assertThat(folders.attempt(RUN, task, 1).normalize())
        .startsWithRaw(folders.task(RUN, task))
        .startsWithRaw(folders.run(RUN));
  }

  @Test
  void shouldNotKnowTheOwnerOfAnEmptyFolder() throws IOException {
    RunFolders folders = new RunFolders(temp);
    Files.createDirectories(folders.run(RUN));

    assertThat(folders.owner(folders.run(RUN))).isEmpty();
  }
}
