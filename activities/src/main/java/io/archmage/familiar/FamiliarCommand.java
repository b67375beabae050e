package io.archmage.familiar;

import io.archmage.config.EnvironmentText;
import io.archmage.config.FamiliarSettings;
import io.archmage.contract.InvokeRequest;
import io.archmage.plan.TaskSpec;
import io.archmage.process.InheritedVariables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The argument list and the whole environment of a familiar that is a command. */
final class FamiliarCommand {

  /** The first of the TCP ports that are the workspace's own. */
  static final String PORT_BASE = "ARCHMAGE_PORT_BASE";

  private final FamiliarSettings settings;
  private final TaskSpec task;
  private final InvokeRequest request;
  private final AttemptFolder folder;
  private final Path workspace;
  private final int portBase;
  private final Beginning beginning;

  FamiliarCommand(
      FamiliarSettings settings,
      TaskSpec task,
      InvokeRequest request,
      AttemptFolder folder,
      Path workspace,
      int portBase,
      Beginning beginning) {
    this.settings = settings;
    this.task = task;
    this.request = request;
    this.folder = folder;
    this.workspace = workspace;
    this.portBase = portBase;
    this.beginning = beginning;
  }

  List<String> arguments() {
    List<String> words =
        switch (beginning) {
          case Beginning.Fresh fresh -> settings.command();
          case Beginning.Resume resume -> settings.resume();
        };
    return words.stream().map(this::fill).toList();
  }

  Map<String, String> environment(Map<String, String> worker) {
    Map<String, String> environment = InheritedVariables.of(worker);
    settings
        .environment()
        .forEach((name, value) -> environment.put(name, EnvironmentText.fill(value, worker)));
    environment.put("TMPDIR", folder.temporary().toString());
    environment.put("ARCHMAGE_RUN_ID", request.run().runId());
    environment.put("ARCHMAGE_TASK_ID", request.task());
    environment.put("ARCHMAGE_ATTEMPT", Integer.toString(request.attempt()));
    environment.put("ARCHMAGE_FAMILIAR", request.familiar());
    environment.put("ARCHMAGE_PROMPT_FILE", folder.prompt().toString());
    environment.put("ARCHMAGE_INPUT_DIR", folder.inputs().toString());
    environment.put("ARCHMAGE_OUTPUT_FILE", folder.output().toString());
    environment.put(PORT_BASE, Integer.toString(portBase));
    environment.put("ARCHMAGE_RESULT_FILE", folder.result().toString());
    if (beginning instanceof Beginning.Resume resume) {
      environment.put("ARCHMAGE_SESSION_ID", resume.sessionId());
    }
    return environment;
  }

  /** One pass, so that braces in a description are never taken for a placeholder. */
  private String fill(String argument) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < argument.length()) {
      int open = argument.indexOf('{', at);
      int close = open < 0 ? -1 : argument.indexOf('}', open);
      if (close < 0) {
        break;
      }
      String value = value(argument.substring(open + 1, close));
      filled.append(argument, at, open).append(value == null ? "{" : value);
      at = value == null ? open + 1 : close + 1;
    }
    return filled.append(argument.substring(at)).toString();
  }

  private @Nullable String value(String placeholder) {
    return switch (placeholder) {
      case "prompt_file" -> folder.prompt().toString();
      case "description" -> Objects.requireNonNullElse(task.description(), task.title());
      case "task_id" -> request.task();
      case "run_id" -> request.run().runId();
      case "attempt" -> Integer.toString(request.attempt());
      case "name" -> request.familiar();
      case "workspace" -> workspace.toString();
      case "input_dir" -> folder.inputs().toString();
      case "output_file" -> folder.output().toString();
      case "result_file" -> folder.result().toString();
      case "session_id" ->
        switch (beginning) {
          case Beginning.Fresh fresh -> null;
          case Beginning.Resume resume -> resume.sessionId();
        };
      default -> null;
    };
  }
}
