package io.archmage.server;

import io.archmage.settings.OperatingSystem;
import io.archmage.settings.StateDirectory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Stands in for {@code archmage server --until-idle TIME} in tests. */
final class ServerMain {
  /** The variable with the idle time in ISO form; without it the server does not end by itself. */
  static final String IDLE = "TEST_IDLE";

  private ServerMain() {}

  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    StateDirectory state = StateDirectory.of(environment, OperatingSystem.current());
    try {
      ServerProcess.Outcome outcome =
          new ServerProcess(
              state,
              environment,
              () -> TestServers.locate(environment),
              Optional.ofNullable(environment.get(IDLE)).map(Duration::parse),
              System.out::println)
              .run();
      System.out.println("outcome " + outcome + " of " + String.join(" ", arguments));
      System.exit(0);
    } catch (ServerException e) {
      System.out.println(e.getMessage());
      System.exit(3);
    }
  }
}
