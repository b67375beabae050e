package io.archmage.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --server}. */
final class ServerOption {

  @Option(
      names = "--server",
      paramLabel = "embedded|HOST:PORT",
      description = "The Temporal server. Default: TEMPORAL_ADDRESS or a profile of Temporal's own"
          + " configuration, else the embedded server, started if needed.")
  private @Nullable String server;

  /** What was given, or null. */
  @Nullable
  String value() {
    return server;
  }
}
