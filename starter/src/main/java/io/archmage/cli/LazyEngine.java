package io.archmage.cli;

import io.archmage.server.TemporalConnection;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** PLACEHOLDER until the engine's parts are on main. */
final class LazyEngine implements Engine {

  @Override
  public Project openProject(Path directory, @Nullable Path configuration) {
    throw CommandFailure.environment("no engine yet");
  }

  @Override
  public void runWorker(WorkerRequest request) {
    throw CommandFailure.environment("no engine yet");
  }

  @Override
  public QueryWorker answerQueries(TemporalConnection server, String queue) {
    throw CommandFailure.environment("no engine yet");
  }
}
