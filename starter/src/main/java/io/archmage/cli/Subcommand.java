package io.archmage.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command has. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    showDefaultValues = false)
abstract class Subcommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--no-input",
      description = "Never ask anything; what would need an answer fails instead.")
  private boolean noInput;

  @Override
  public final Integer call() throws Exception {
    Archmage root = (Archmage) spec.root().userObject();
    return execute(root.session()).code();
  }

  /** Does what the command is for. */
  abstract ExitCode execute(Session session) throws Exception;

  /** Whether a person is there and may be asked. */
  final boolean mayAsk(Session session) {
    return !noInput && session.console().screen().inTerminal();
  }
}
