package io.archmage.familiar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskLockTest {

  @TempDir
  Path temp;

  @Test
  void shouldBeHeldByOneAtATime() throws IOException {
    Path task = temp.resolve("run/task");
    TaskLock first = TaskLock.tryTake(task).orElseThrow();

    assertThat(TaskLock.tryTake(task)).isEmpty();
    try (TaskLock other = TaskLock.tryTake(temp.resolve("run/other")).orElseThrow()) {
      assertThat(other).isNotNull();
    }
    first.close();

    Optional<TaskLock> again = TaskLock.tryTake(task);
    assertThat(again).isPresent();
    again.orElseThrow().close();
  }

  @Test
  void shouldBeFreeAgainAfterTheFileCouldNotBeOpened() throws IOException {
    Path task = temp.resolve("task");
    Files.createDirectories(task.resolve("lock"));
    assertThatThrownBy(() -> TaskLock.tryTake(task)).isInstanceOf(IOException.class);

    Files.delete(task.resolve("lock"));

    try (TaskLock lock = TaskLock.tryTake(task).orElseThrow()) {
      assertThat(lock).isNotNull();
    }
  }

  @Test
  void shouldLockAgainstOtherProcesses() throws IOException, InterruptedException {
    try (TaskLock lock = TaskLock.tryTake(temp).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(lockedElsewhere()).isTrue();
    }
    assertThat(lockedElsewhere()).isFalse();
  }

  /** Tries the same lock in another JVM. */
  private boolean lockedElsewhere() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
        java.toString(),
        "-cp",
        System.getProperty("java.class.path"),
        Other.class.getName(),
        temp.resolve("lock").toString())
        .inheritIO()
        .start()
        .waitFor() == 3;
  }

  /** Another JVM; ends with 3 if the lock is held. */
  static final class Other {
    private Other() {}

    public static void main(String[] arguments) throws IOException {
      try (FileChannel channel =
          FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
        FileLock lock = channel.tryLock();
        System.exit(lock == null ? 3 : 0);
      }
    }
  }
}
