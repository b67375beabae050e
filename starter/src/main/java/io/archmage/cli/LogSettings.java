package io.archmage.cli;

import java.util.List;
import java.util.Map;

/** Chooses what the logging library writes to standard error, before it is loaded. */
final class LogSettings {

  /** Read by {@code logback.xml}. */
  private static final String PROPERTY = "archmage.log.level";

  /** Overrides the choice: a level of Logback. */
  private static final String VARIABLE = "ARCHMAGE_LOG";

  /** Commands that a supervisor or a log file listens to. */
  private static final List<String> SERVICES = List.of("worker", "server");

  private LogSettings() {}

  static void apply(String[] arguments, Map<String, String> environment) {
    boolean service = arguments.length > 0 && SERVICES.contains(arguments[0]);
    String chosen = environment.getOrDefault(VARIABLE, "");
    System.setProperty(PROPERTY, chosen.isEmpty() ? (service ? "INFO" : "OFF") : chosen);
  }
}
