package io.archmage.cli;

import io.archmage.gc.RunEnds;
import io.archmage.server.ServerException;
import io.archmage.server.TemporalConnection;
import io.archmage.worker.RunFate;
import io.archmage.worker.ServerRuns;
import org.jspecify.annotations.Nullable;

/**
 * What a server knows of runs.
 *
 * @param connection to that server, or null if there is none; closed with this
 */
record ServerFates(@Nullable TemporalConnection connection)
    implements
      RunEnds.RunFates,
      AutoCloseable {

  @Override
  public RunFate find(String runId, String execution) {
    if (connection == null) {
      return RunFate.NOT_ASKED;
    }
    try {
      return new ServerRuns(connection.client()).find(runId, execution);
    } catch (ServerException e) {
      return RunFate.NOT_ASKED;
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
    }
  }
}
