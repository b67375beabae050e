package io.archmage.workspace;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Gives each workspace of this machine a range of TCP ports of its own, below those that systems
 * hand out by themselves. A claim is a file named by the first port that says whose it is; it holds
 * as long as that workspace is there. Thread-safe, also against other workers.
 */
public final class PortRanges {

  /** Ports of one range. */
  public static final int SIZE = 20;

  private static final int FIRST = 20_000;
  private static final int RANGES = 500;

  private final Path root;

  /**
   * The ranges of a machine.
   *
   * @param root where the claims are, the same for all workers of the machine
   */
  public PortRanges(Path root) {
    this.root = root;
  }

  /**
   * The first port of a workspace's range, on none of which anybody listens now; the same as before
   * where that is so.
   *
   * @throws IOException if every range is taken
   */
  public int claim(Path workspace) throws IOException {
    return DirectoryLock.locked(
        root,
        () -> {
          Optional<Integer> mine = claimed(workspace);
          if (mine.isPresent() && isFree(mine.get())) {
            return mine.get();
          }
          int start = Math.floorMod(workspace.toString().hashCode(), RANGES);
          for (int i = 0; i < RANGES; i++) {
            int port = FIRST + (start + i) % RANGES * SIZE;
            if (isUnclaimed(port) && isFree(port)) {
              Files.writeString(claim(port), workspace.toString());
              if (mine.isPresent()) {
                Files.deleteIfExists(claim(mine.get()));
              }
              return port;
            }
          }
          throw new IOException(
              "no "
                  + SIZE
                  + " ports in a row are free between "
                  + FIRST
                  + " and "
                  + (FIRST + RANGES * SIZE));
        });
  }

  private Optional<Integer> claimed(Path workspace) throws IOException {
    try (DirectoryStream<Path> claims = Files.newDirectoryStream(root, "[0-9]*")) {
      for (Path claim : claims) {
        if (owner(claim).filter(workspace::equals).isPresent()) {
          return Optional.of(Integer.parseInt(String.valueOf(claim.getFileName())));
        }
      }
    }
    return Optional.empty();
  }

  private boolean isUnclaimed(int port) throws IOException {
    return owner(claim(port)).filter(Files::exists).isEmpty();
  }

  private static Optional<Path> owner(Path claim) throws IOException {
    try {
      return Optional.of(Files.readString(claim)).filter(text -> !text.isBlank()).map(Path::of);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Path claim(int port) {
    return root.resolve(Integer.toString(port));
  }

  private static boolean isFree(int first) {
    for (int port = first; port < first + SIZE; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (socket.getLocalPort() != port) {
          return false;
        }
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}
