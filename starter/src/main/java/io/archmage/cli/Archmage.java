package io.archmage.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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
    exitCodeListHeading = "%nExit codes:%n",
    footer = {"", "Begin with 'archmage demo'. 'archmage COMMAND --help' explains a command."})
final class Archmage implements Runnable {

  /** The commands by name, in the order of the help. */
  private static final Map<String, Class<? extends Subcommand>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("demo", DemoCommand.class);
    COMMANDS.put("run", RunCommand.class);
    COMMANDS.put("plan", PlanCommand.class);
    COMMANDS.put("validate", ValidateCommand.class);
    COMMANDS.put("status", StatusCommand.class);
    COMMANDS.put("watch", WatchCommand.class);
    COMMANDS.put("report", ReportCommand.class);
    COMMANDS.put("timeline", TimelineCommand.class);
    COMMANDS.put("metrics", MetricsCommand.class);
    COMMANDS.put("worktrees", WorktreesCommand.class);
    COMMANDS.put("logs", LogsCommand.class);
    COMMANDS.put("diff", DiffCommand.class);
    COMMANDS.put("open", OpenCommand.class);
    COMMANDS.put("list", ListCommand.class);
    COMMANDS.put("cancel", CancelCommand.class);
    COMMANDS.put("resolve", ResolveCommand.class);
    COMMANDS.put("retry", RetryCommand.class);
    COMMANDS.put("skip", SkipCommand.class);
    COMMANDS.put("reject", RejectCommand.class);
    COMMANDS.put("publish", PublishCommand.class);
    COMMANDS.put("worker", WorkerCommand.class);
    COMMANDS.put("server", ServerCommand.class);
    COMMANDS.put("init", InitCommand.class);
    COMMANDS.put("doctor", DoctorCommand.class);
    COMMANDS.put("gc", GcCommand.class);
    COMMANDS.put("recover", RecoverCommand.class);
  }

  private final Session session;

  @Spec
  private CommandSpec spec;

  private Archmage(Session session) {
    this.session = session;
  }

  /** The whole command line on top of a session. */
  static CommandLine commandLine(Session session, boolean json) {
    return commandLine(session, json, COMMANDS.keySet());
  }

  /** Reading the options of all commands takes longer than most commands do. */
  private static CommandLine commandLine(Session session, boolean json, Set<String> commands) {
    CommandLine line = new CommandLine(new Archmage(session));
    commands.forEach(name -> line.addSubcommand(COMMANDS.get(name)));
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
    Set<String> needed =
        arguments.length > 0 && COMMANDS.containsKey(arguments[0])
            ? Set.of(arguments[0])
            : COMMANDS.keySet();
    return commandLine(new Session(console, engine), json, needed).execute(arguments);
  }

  Session session() {
    return session;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
  }
}
