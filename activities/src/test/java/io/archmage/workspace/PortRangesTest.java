package io.archmage.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Ranges of ports. */
@Isolated("workspaces of other tests try the same ports")
class PortRangesTest {

  @TempDir
  private Path temp;
  private PortRanges ranges;
  private Path one;
  private Path other;

  @BeforeEach
  void create() throws IOException {
    ranges = new PortRanges(temp.resolve("ports"));
    one = Files.createDirectory(temp.resolve("one"));
    other = Files.createDirectory(temp.resolve("other"));
  }

  @Test
  void shouldKeepARangeAndShareNone() throws IOException {
    int port = ranges.claim(one);

    assertThat(port).isBetween(20_000, 29_980);
    assertThat(ranges.claim(one)).isEqualTo(port);
    assertThat(Math.abs(ranges.claim(other) - port)).isGreaterThanOrEqualTo(PortRanges.SIZE);
  }

  @Test
  void shouldLeaveARangeWhereSomebodyListens() throws IOException {
    int port = ranges.claim(one);
    try (ServerSocket listener =
        new ServerSocket(port + 7, 1, InetAddress.getLoopbackAddress())) {
      assertThat(listener.isBound()).isTrue();
      assertThat(ranges.claim(one)).isNotEqualTo(port);
    }
    assertThat(temp.resolve("ports/" + port)).doesNotExist();
  }

  @Test
  void shouldTakeBackTheRangeOfAWorkspaceThatIsGone() throws IOException {
    int port = ranges.claim(one);
    Files.delete(one);
    Files.writeString(temp.resolve("ports/" + port), one.toString());

    assertThat(ranges.claim(one)).isEqualTo(port);
  }
}
