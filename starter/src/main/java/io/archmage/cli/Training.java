package io.archmage.cli;

import io.archmage.report.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Does once what commands do every time. The launcher runs it after a build, while the JVM records
 * the classes that are loaded, so that later commands find them prepared.
 */
public final class Training {

  private static final String REPORT = "/io/archmage/cli/training/report.json";

  private Training() {}

  /**
   * Runs the commands in a folder that is missing or empty; the caller removes it.
   *
   * @param arguments the folder
   */
  public static void main(String[] arguments) throws IOException {
    String[] quiet = {};
    LogSettings.apply(quiet, System.getenv());
    System.exit(run(Console.ofProcess(), Path.of(arguments[0])));
  }

  /** The exit code of the first command that failed, else 0. */
  static int run(Console console, Path folder) throws IOException {
    DemoProject project = DemoProject.in(folder.toAbsolutePath());
    String plan = project.directory().resolve(DemoProject.PLAN).toString();
    String repository = project.directory().toString();
    try (TrainingServer server = new TrainingServer(report())) {
      List<List<String>> commands =
          List.of(
              List.of("--help"),
              List.of("validate", plan, "--repo", repository),
              List.of("plan", plan, "--repo", repository),
              List.of("status", "latest", "--server", server.address()),
              List.of("status", TrainingServer.ENDED, "--server", server.address()),
              List.of("list", "--server", server.address()));
      for (List<String> command : commands) {
        int code = Archmage.run(console, new LocalEngine(), command.toArray(String[]::new));
        if (code != 0) {
          return code;
        }
      }
    }
    return 0;
  }

  private static RunReport report() throws IOException {
    try (InputStream file = Training.class.getResourceAsStream(REPORT)) {
      if (file == null) {
        throw new IOException("the program lacks its file " + REPORT);
      }
      return Json.read(new String(file.readAllBytes(), StandardCharsets.UTF_8), RunReport.class);
    }
  }
}
