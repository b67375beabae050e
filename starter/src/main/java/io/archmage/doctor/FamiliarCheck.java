package io.archmage.doctor;

import io.archmage.config.Configuration;
import io.archmage.config.EnvironmentText;
import io.archmage.config.FamiliarSettings;
import io.archmage.plan.FamiliarName;
import io.archmage.process.Command;
import io.archmage.process.CommandResult;
import io.archmage.process.ExecutableLookup;
import io.archmage.process.ProcessRunner;
import io.archmage.project.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The programs of the familiars that a configuration names. */
final class FamiliarCheck implements Check {

  /** Programs that are known to answer {@code --version} and do nothing else then. */
  private static final List<String> ANSWERS_VERSION =
      List.of("codex", "claude", "gemini", "opencode", "copilot", "qwen");

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private final Project project;
  private final Configuration configuration;
  private final Map<String, String> environment;
  private final boolean mayRun;

  /**
   * @param mayRun whether the configuration's commands are approved
   */
  FamiliarCheck(Project project, Map<String, String> environment, boolean mayRun) {
    this.project = project;
    this.configuration = project.configuration();
    this.environment = environment;
    this.mayRun = mayRun;
  }

  @Override
  public String name() {
    return "familiar";
  }

  @Override
  public List<Finding> look() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    TreeSet<FamiliarName> names = new TreeSet<>(configuration.familiars().keySet());
    names.addAll(configuration.instances().keySet());
    for (FamiliarName name : names) {
      findings.add(familiar(name));
      findings.addAll(continuation(name));
      findings.addAll(variables(name));
    }
    return findings;
  }

  private Finding familiar(FamiliarName name) throws InterruptedException {
    FamiliarSettings settings = configuration.settings(name);
    if (settings.command().isEmpty()) {
      return Finding.warning(
          name(),
          name + " has no command, so plans that use it are refused",
          "Give it one in the configuration: familiars: {" + name + ": {command: [...]}}");
    }
    return program(name, settings, name.toString(), "command", settings.command().getFirst());
  }

  /** The program that continues a session, where that is another one. */
  private List<Finding> continuation(FamiliarName name) throws InterruptedException {
    FamiliarSettings settings = configuration.settings(name);
    if (settings.resume().isEmpty()
        || settings.command().isEmpty()
        || settings.resume().getFirst().equals(settings.command().getFirst())) {
      return List.of();
    }
    return List.of(
        program(name, settings, name + " (resume)", "resume", settings.resume().getFirst()));
  }

  private Finding program(
      FamiliarName name, FamiliarSettings settings, String label, String key, String program)
      throws InterruptedException {
    String path =
        EnvironmentText.fill(
            settings.environment().getOrDefault("PATH", "${env:PATH}"), environment);
    return switch (ExecutableLookup.find(program, path, project.path())) {
      case ExecutableLookup.Found found -> found(label, program, found.path());
      case ExecutableLookup.Missing missing ->
        Finding.problem(
            name(),
            label + ": " + missing.message(),
            "Install it, or correct the " + key + " of " + name + ".");
      case ExecutableLookup.NotExecutable refused ->
        Finding.problem(name(), label + ": " + refused.message(), null);
    };
  }

  private Finding found(String label, String program, Path file) throws InterruptedException {
    if (program.contains("/") && !program.startsWith("/") && !isCommitted(program)) {
      return Finding.problem(
          name(),
          label + ": " + program + " is not committed, so no workspace has it",
          "Commit it, or name it with its absolute path.");
    }
    String version = mayRun && ANSWERS_VERSION.contains(program) ? version(file) : "";
    return Finding.ok(name(), label + ": " + file + version);
  }

  private boolean isCommitted(String program) {
    Path relative = Path.of(program).normalize();
    return project.repository()
        .git()
        .run("cat-file", "-e", "HEAD:" + relative)
        .succeeded();
  }

  private String version(Path file) throws InterruptedException {
    try {
      CommandResult answer =
          ProcessRunner.run(
              Command.of(Path.of("/"), List.of(file.toString(), "--version"))
                  .withTimeout(ANSWER_LIMIT)
                  .withMaxOutputBytes(10_000));
      String first = answer.stdoutText().strip().lines().findFirst().orElse("");
      return answer.isSuccess() && !first.isEmpty()
          ? ", " + first
          : ", which does not answer --version (exit code " + answer.exitCode() + ")";
    } catch (IOException e) {
      return ", which does not answer --version: " + e.getMessage();
    }
  }

  private List<Finding> variables(FamiliarName name) {
    return configuration
        .borrowedVariables()
        .getOrDefault(name, List.of())
        .stream()
        .filter(variable -> environment.getOrDefault(variable, "").isEmpty())
        .map(
            variable -> Finding.warning(
                name(),
                name + ": the variable " + variable + " that it is given is not set here",
                "Set it where the worker is started."))
        .toList();
  }
}
