package io.archmage.server;

import io.archmage.settings.OperatingSystem;
import io.archmage.settings.StateDirectory;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which server a command talks to. In this order: the option {@code --server}; {@code
 * TEMPORAL_ADDRESS} or a profile of Temporal's own configuration file; the recorded embedded server
 * if it answers; a new embedded server. A server that merely listens on this machine is not used.
 */
public final class ServerResolver {
  private static final int TEMPORAL_PORT = 7233;

  private final Map<String, String> environment;
  private final OperatingSystem system;
  private final EmbeddedServer embedded;

  /**
   * @param environment the variables to go by
   */
  public ServerResolver(
      Map<String, String> environment, OperatingSystem system, StateDirectory state) {
    this.environment = Map.copyOf(environment);
    this.system = system;
    this.embedded = new EmbeddedServer(state, environment);
  }

  /**
   * The server to use; starts an embedded one where no other is chosen.
   *
   * @param launcher the command that starts Archmage
   * @throws ServerException if the configuration cannot be read or the server does not start
   */
  public ServerTarget resolve(ServerChoice choice, List<String> launcher) {
    Optional<ServerTarget> existing = existing(choice);
    if (existing.isPresent() && !(existing.get().origin() instanceof ServerOrigin.Embedded)) {
      return existing.get();
    }
    // Also of a running one this notes that it is wanted, and gives it a supervisor again.
    ServerRecord record = embedded.ensureRunning(launcher);
    return ServerTarget.embedded(record, existing.isEmpty(), hint(record, TEMPORAL_PORT));
  }

  /**
   * The server to use, if there is one without starting any.
   *
   * @throws ServerException if the configuration cannot be read
   */
  public Optional<ServerTarget> existing(ServerChoice choice) {
    return switch (choice) {
      case ServerChoice.Address named -> Optional.of(named(named));
      case ServerChoice.Embedded ignored -> recorded();
      case ServerChoice.Unspecified ignored -> configured().or(this::recorded);
    };
  }

  private Optional<ServerTarget> recorded() {
    return embedded
        .running()
        .map(record -> ServerTarget.embedded(record, false, hint(record, TEMPORAL_PORT)));
  }

  /**
   * Namespace, TLS and credentials then come from variables, and from a profile only if one was
   * chosen by name: the credentials of a default profile are meant for its own address.
   */
  private ServerTarget named(ServerChoice.Address choice) {
    boolean profileChosen = !environment.getOrDefault("TEMPORAL_PROFILE", "").isEmpty();
    ClientConfigProfile profile =
        load(!profileChosen).toBuilder().setAddress(choice.target()).build();
    return new ServerTarget(
        new ServerOrigin.Option(), profile, Optional.empty(), Optional.empty());
  }

  private Optional<ServerTarget> configured() {
    ClientConfigProfile profile = load(false);
    if (profile.getAddress() == null || profile.getAddress().isEmpty()) {
      return Optional.empty();
    }
    ServerOrigin origin =
        environment.getOrDefault("TEMPORAL_ADDRESS", "").isEmpty()
            ? new ServerOrigin.Profile(profileName(), configurationFile())
            : new ServerOrigin.Environment();
    return Optional.of(new ServerTarget(origin, profile, Optional.empty(), Optional.empty()));
  }

  private ClientConfigProfile load(boolean withoutFile) {
    LoadClientConfigProfileOptions.Builder options =
        LoadClientConfigProfileOptions.newBuilder()
            .setEnvOverrides(environment)
            .setDisableFile(withoutFile);
    if (!withoutFile) {
      options.setConfigFilePath(configurationFile().toString());
    }
    try {
      return ClientConfigProfile.load(options.build());
    } catch (IOException | IllegalArgumentException e) {
      throw new ServerException(
          "Temporal's configuration file "
              + configurationFile()
              + " cannot be used: "
              + e.getMessage()
              + "\nCorrect it, or name a server with --server embedded or --server HOST:PORT.",
          e);
    }
  }

  private String profileName() {
    String name = environment.getOrDefault("TEMPORAL_PROFILE", "");
    return name.isEmpty() ? "default" : name;
  }

  /** Where Temporal's CLI looks, too. */
  private Path configurationFile() {
    String named = environment.getOrDefault("TEMPORAL_CONFIG_FILE", "");
    if (!named.isEmpty()) {
      return Path.of(named).toAbsolutePath();
    }
    String home = environment.getOrDefault("HOME", "/");
    Path directory =
        switch (system) {
          case LINUX -> {
            String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
            yield xdg.startsWith("/") ? Path.of(xdg) : Path.of(home, ".config");
          }
          case MAC_OS -> Path.of(home, "Library", "Application Support");
        };
    return directory.resolve("temporalio").resolve("temporal.toml");
  }

  /** What to say if another server than ours answers on the usual port of this machine. */
  static Optional<String> hint(ServerRecord ours, int usualPort) {
    if (ours.ports().port() == usualPort || !ServerProbe.answers(usualPort)) {
      return Optional.empty();
    }
    String other = ServerPorts.LOOPBACK + ":" + usualPort;
    return Optional.of(
        "Another Temporal server answers on "
            + other
            + "; it is not used. To use it: --server "
            + other
            + " or TEMPORAL_ADDRESS="
            + other);
  }
}
