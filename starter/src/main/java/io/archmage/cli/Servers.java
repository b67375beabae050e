package io.archmage.cli;

import io.archmage.server.ServerChoice;
import io.archmage.server.ServerOrigin;
import io.archmage.server.ServerResolver;
import io.archmage.server.ServerTarget;
import io.archmage.server.TemporalConnection;
import io.archmage.settings.OperatingSystem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the server that a command talks to. */
final class Servers {

  private Servers() {}

  /**
   * A connection to the chosen server, made when first used; starts the embedded server where no
   * other is chosen and it does not run.
   *
   * @param option what {@code --server} says, or null
   */
  static TemporalConnection connect(Session session, @Nullable String option) {
    ServerResolver resolver =
        new ServerResolver(
            session.console().environment(), OperatingSystem.current(), session.state());
    ServerTarget target = resolver.resolve(choice(option), session.launcher().command());
    if (target.origin() instanceof ServerOrigin.Embedded embedded && embedded.isNew()) {
      session.console().note("Started the embedded Temporal server at " + target.address() + ".");
    }
    target.hint().ifPresent(session.console()::note);
    return new TemporalConnection(target);
  }

  /** What a worker of ours must be told to find the same server. */
  static List<String> argumentsFor(ServerTarget target, @Nullable String option) {
    if (option != null) {
      return List.of("--server", option);
    }
    return switch (target.origin()) {
      case ServerOrigin.Embedded ignored -> List.of("--server", "embedded");
      case ServerOrigin.Option ignored -> List.of("--server", target.address());
      case ServerOrigin.Environment ignored -> List.of();
      case ServerOrigin.Profile ignored -> List.of();
    };
  }

  /** What the option asks for. */
  static ServerChoice choice(@Nullable String option) {
    if (option == null) {
      return new ServerChoice.Unspecified();
    }
    try {
      return ServerChoice.parse(option);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.invalid(String.valueOf(e.getMessage()));
    }
  }
}
