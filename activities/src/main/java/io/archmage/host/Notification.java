package io.archmage.host;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.config.EnvironmentText;
import io.archmage.config.NotifySettings;
import io.archmage.contract.Notice;
import io.archmage.process.Command;
import io.archmage.process.CommandResult;
import io.archmage.process.InheritedVariables;
import io.archmage.process.ProcessRunner;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Tells people one thing in one way. What goes wrong is told without the address that was posted
 * to: it may hold a secret.
 */
final class Notification {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String TEMPORARY = "TMPDIR";
  private static final int MAX_OUTPUT = 64 << 10;
  private static final ObjectMapper JSON =
      JacksonJsonPayloadConverter.newDefaultObjectMapper();

  private final NotifySettings settings;
  private final Path directory;
  private final Map<String, String> environment;

  /**
   * A way of telling.
   *
   * @param directory where a command runs
   * @param environment the worker's own variables
   */
  Notification(NotifySettings settings, Path directory, Map<String, String> environment) {
    this.settings = settings;
    this.directory = directory;
    this.environment = environment;
  }

  /**
   * Gives the notice to the command on standard input.
   *
   * @throws IOException if it cannot be started, does not end in time, or fails
   */
  void run(Notice notice) throws IOException, InterruptedException {
    Command command =
        Command.of(directory, settings.command())
            .withStdin(JSON.writeValueAsBytes(notice))
            .withTimeout(LIMIT)
            .withMaxOutputBytes(MAX_OUTPUT);
    for (String name : System.getenv().keySet()) {
      if (!InheritedVariables.NAMES.contains(name) && !name.equals(TEMPORARY)) {
        command = command.without(name);
      }
    }
    for (Map.Entry<String, String> variable : settings.environment().entrySet()) {
      command =
          command.with(variable.getKey(), EnvironmentText.fill(variable.getValue(), environment));
    }
    CommandResult result = ProcessRunner.run(command);
    if (!result.isSuccess()) {
      String said = result.stderrText().strip().lines().reduce((a, b) -> b).orElse("");
      throw new IOException(
          settings.command().getFirst()
              + (result.timedOut()
                  ? " did not end within " + LIMIT.toSeconds() + " s"
                  : " ended with exit code " + result.exitCode())
              + (said.isEmpty() ? "" : ": " + said));
    }
  }

  /**
   * Posts the notice to the webhook.
   *
   * @throws IOException if it does not answer with success in time
   */
  void post(Notice notice) throws IOException, InterruptedException {
    URI address = address();
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    JSON.writeValueAsString(notice), StandardCharsets.UTF_8))
            .build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
      HttpResponse<Void> response =
          client.send(request, HttpResponse.BodyHandlers.discarding());
      if (response.statusCode() / 100 != 2) {
        throw new IOException(
            "the webhook at " + address.getHost() + " answers " + response.statusCode());
      }
    }
  }

  private URI address() throws IOException {
    String filled =
        EnvironmentText.fill(Objects.requireNonNullElse(settings.webhook(), ""), environment);
    if (NotifySettings.isWeb(filled)) {
      return URI.create(filled);
    }
    throw new IOException(
        "the webhook is no web address once its variables are filled in; see \"notify\"");
  }
}
