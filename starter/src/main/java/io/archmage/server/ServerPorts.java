package io.archmage.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The ports of an embedded server, all on 127.0.0.1.
 *
 * @param port of the Temporal service
 * @param uiPort of the Web UI
 * @param metricsPort of the metrics, from which the supervisor sees whether anybody calls
 */
public record ServerPorts(int port, int uiPort, int metricsPort) {
  static final String LOOPBACK = "127.0.0.1";

  /** Temporal's own default ports. */
  private static final int DEFAULT_PORT = 7233;

  private static final int DEFAULT_UI_PORT = 8233;

  /** Checks the range. */
  public ServerPorts {
    for (int number : new int[] {port, uiPort, metricsPort}) {
      if (number < 1 || number > 65_535) {
        throw new IllegalArgumentException("not a port: " + number);
      }
    }
  }

  /** The {@code host:port} of the Temporal service. */
  public String address() {
    return LOOPBACK + ":" + port;
  }

  /** The Web UI. */
  public URI ui() {
    return URI.create("http://" + LOOPBACK + ":" + uiPort);
  }

  URI metrics() {
    return URI.create("http://" + LOOPBACK + ":" + metricsPort + "/metrics");
  }

  /**
   * Free ports: those of the last server, so that its address stays; else Temporal's defaults; else
   * any.
   *
   * @throws ServerException if the loopback interface gives no port
   */
  static ServerPorts choose(Optional<ServerPorts> last) {
    Set<Integer> taken = new LinkedHashSet<>();
    int port = choose(last.map(ServerPorts::port), DEFAULT_PORT, taken);
    int uiPort = choose(last.map(ServerPorts::uiPort), DEFAULT_UI_PORT, taken);
    return new ServerPorts(port, uiPort, choose(last.map(ServerPorts::metricsPort), 0, taken));
  }

  private static int choose(Optional<Integer> last, int preferred, Set<Integer> taken) {
    Set<Integer> candidates = new LinkedHashSet<>();
    last.ifPresent(candidates::add);
    candidates.add(preferred);
    candidates.removeAll(taken);
    for (int candidate : candidates) {
      Optional<Integer> bound = tryBind(candidate);
      if (bound.isPresent() && taken.add(bound.get())) {
        return bound.get();
      }
    }
    for (Optional<Integer> any = tryBind(0); any.isPresent(); any = tryBind(0)) {
      if (taken.add(any.get())) {
        return any.get();
      }
    }
    throw new ServerException("no free port on " + LOOPBACK);
  }

  /** Binds for a moment; 0 asks for any port. Only one program can then really use it. */
  private static Optional<Integer> tryBind(int candidate) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), candidate));
      return Optional.of(socket.getLocalPort());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
