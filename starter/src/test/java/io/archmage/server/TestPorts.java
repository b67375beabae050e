package io.archmage.server;

import io.archmage.settings.StateDirectory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that no other server of a test takes while one that was killed starts again: below those
 * that the system gives to anybody who asks for any, and apart from those of workspaces.
 */
public final class TestPorts {

  private static final int FIRST = 10_000;
  private static final int PROCESSES = 100;
  private static final int EACH = 100;
  private static final AtomicInteger NEXT =
      new AtomicInteger(FIRST + (int) (ProcessHandle.current().pid() % PROCESSES) * EACH);

  private TestPorts() {}

  /** Lets the first server of the state directory have ports of its own. */
  public static StateDirectory reserve(StateDirectory state) {
    ServerFiles files = new ServerFiles(state);
    files.create();
    int port = NEXT.getAndAdd(3);
    new LastServer(new ServerPorts(port, port + 1, port + 2), TemporalCli.PINNED)
        .write(files.last());
    return state;
  }
}
