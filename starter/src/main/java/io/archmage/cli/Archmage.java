package io.archmage.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code archmage} itself: what its subcommands share. */
@Command(
    name = "archmage",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs plans of work for AI coding agents in parallel, durably, on Temporal.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      ValidateCommand.class,
      StatusCommand.class,
      ReportCommand.class,
      TimelineCommand.class,
      ListCommand.class,
      CancelCommand.class,
      PublishCommand.class,
      WorkerCommand.class,
      ServerCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    footer = {"", "Begin with 'archmage demo'. 'archmage COMMAND --help' explains a command."})
final class Archmage implements Runnable {

  private final Session session;

  @Spec
  private CommandSpec spec;

  private Archmage(Session session) {
    this.session = session;
  }

  /** The whole command line on top of a session. */
  static CommandLine commandLine(Session session, boolean json) {
    CommandLine line = new CommandLine(new Archmage(session));
    FailureMapping failures = new FailureMapping(session.console(), json);
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(String.valueOf(code.code()), code.meaning());
    }
    line.getCommandSpec().usageMessage().exitCodeList(codes);
    return line.setExpandAtFiles(false)
        .setOut(session.console().out())
        .setErr(session.console().err())
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                session.console().outStyle().colour() ? Ansi.ON : Ansi.OFF))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(false);
  }

  /** Runs one command; returns the exit code. */
  static int run(Console console, Engine engine, String... arguments) {
    boolean json = Arrays.asList(arguments).contains("--json");
    return commandLine(new Session(console, engine), json).execute(arguments);
  }

  Session session() {
    return session;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
  }
}
