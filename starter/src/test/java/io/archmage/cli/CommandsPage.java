package io.archmage.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the page about all commands from their definitions. */
final class CommandsPage {

  private static final String HEAD =
      """
          # Commands

          Data goes to standard output, messages and progress to standard error. Every command also
          takes `--help`, `--version` and `--no-input` (never ask anything). `NO_COLOR` switches colours
          off, `ARCHMAGE_DEBUG=1` shows stack traces, `ARCHMAGE_LOG=INFO` the log of the libraries.
          """;

  private static final List<String> EVERYWHERE = List.of("--help", "--version", "--no-input");

  private final StringBuilder text = new StringBuilder(HEAD);

  private CommandsPage() {}

  /** The whole page. */
  static String of(CommandLine archmage) {
    CommandsPage page = new CommandsPage();
    archmage.getSubcommands().values().forEach(page::command);
    page.exitCodes();
    return page.text.toString();
  }

  private void command(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    text.append("\n## `").append(spec.qualifiedName());
    spec.positionalParameters().forEach(each -> text.append(' ').append(each.paramLabel()));
    text.append("`\n\n");
    text.append(String.join(" ", spec.usageMessage().description())).append("\n");
    List<OptionSpec> options =
        spec.options()
            .stream()
            .filter(option -> !EVERYWHERE.contains(option.longestName()))
            .toList();
    if (!options.isEmpty() || !spec.positionalParameters().isEmpty()) {
      text.append("\n| | |\n| --- | --- |\n");
    }
    for (PositionalParamSpec each : spec.positionalParameters()) {
      row(each.paramLabel(), each.description(), "");
    }
    for (OptionSpec option : options) {
      String label = option.typeInfo().isBoolean() ? "" : " " + option.paramLabel();
      row(option.longestName() + label, option.description(), option.defaultValue());
    }
    line.getSubcommands().values().forEach(this::command);
  }

  private void row(String label, String[] description, String defaultValue) {
    String words =
        String.join(" ", description).replace("${DEFAULT-VALUE}", "`" + defaultValue + "`");
    text.append("| `")
        .append(label.replace("|", "\\|"))
        .append("` | ")
        .append(words.replace("|", "\\|"))
        .append(" |\n");
  }

  private void exitCodes() {
    text.append("\n## Exit codes\n\n| | |\n| --- | --- |\n");
    text.append(
        List.of(ExitCode.values())
            .stream()
            .map(code -> "| " + code.code() + " | " + code.meaning() + " |\n")
            .collect(Collectors.joining()));
    text.append(
        """

            Commands that only show something end with 0 when they could, however the run ended; `watch` ends
            as `run` does. `doctor` ends with 3 if there is a problem. With `--json` and exit code 2, 3 or 5, standard output is
            `{"error": {"type", "message"}, "problems": [{"file", "line", "column", "task", "code",
            "message", "fix"}]}`.
            """);
  }
}
