package io.archmage.cli;

import io.archmage.server.TemporalConnection;
import io.archmage.settings.OperatingSystem;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code archmage open RUN}. */
@Command(name = "open", description = "Prints the run's address in the Web UI.")
final class OpenCommand extends Subcommand {

  private static final String BROWSER = "BROWSER";

  @Mixin
  private RunArgument run;

  @Option(
      names = "--browser",
      description = "Open it, too, with the program that BROWSER names, else the system's own.")
  private boolean browser;

  @Mixin
  private ServerOption server;

  @Mixin
  private JsonOption json;

  @Override
  ExitCode execute(Session session) {
    Console console = session.console();
    try (TemporalConnection connection = Servers.connect(session, server.value())) {
      String id =
          new RunReader(session, connection).find(run.value()).getExecution().getWorkflowId();
      RunLinks links = new RunLinks(connection.target());
      URI link =
          links
              .webUi(id)
              .orElseThrow(
                  () -> CommandFailure.environment(
                      "The Web UI of "
                          + connection.target().address()
                          + " is not known, only that of the embedded server. Look at the run"
                          + " with: "
                          + links.temporalCommand(id)));
      if (json.wanted()) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("run_id", id);
        answer.put("web_ui", link.toString());
        console.out().println(Json.write(answer));
      } else {
        console.out().println(link);
      }
      if (browser) {
        start(console, link);
      }
      return ExitCode.OK;
    }
  }

  private static void start(Console console, URI link) {
    String program = console.environment().getOrDefault(BROWSER, "").split(":", 2)[0];
    if (program.isEmpty()) {
      program =
          switch (OperatingSystem.current()) {
            case LINUX -> "xdg-open";
            case MAC_OS -> "open";
          };
    }
    try {
      new ProcessBuilder(program, link.toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .getOutputStream()
          .close();
    } catch (IOException e) {
      throw CommandFailure.environment(
          program + " cannot be started; set " + BROWSER + " to a browser, or open " + link);
    }
  }
}
