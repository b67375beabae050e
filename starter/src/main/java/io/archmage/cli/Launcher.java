package io.archmage.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How this Archmage is started as another process. */
final class Launcher {

  /** The variable in which the script {@code archmage} names itself. */
  static final String VARIABLE = "ARCHMAGE_LAUNCHER";

  private final Map<String, String> environment;

  Launcher(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The script that started us, else this Java virtual machine with the same class path. */
  List<String> command() {
    String script = environment.getOrDefault(VARIABLE, "");
    if (!script.isEmpty()) {
      return List.of(script);
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName());
  }

  /** What a person types: the script's name as it is on this machine. */
  String typed() {
    String script = environment.getOrDefault(VARIABLE, "");
    return script.isEmpty() ? "archmage" : Shell.word(script);
  }
}
