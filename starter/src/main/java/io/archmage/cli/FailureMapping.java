package io.archmage.cli;

import io.archmage.plan.ProblemText;
import io.archmage.render.TerminalSafe;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** The one place where an exception becomes an exit code and a message. */
final class FailureMapping
    implements
      CommandLine.IExecutionExceptionHandler,
      CommandLine.IParameterExceptionHandler {

  /** The variable that asks for stack traces. */
  static final String DEBUG = "ARCHMAGE_DEBUG";

  private final Console console;
  private final boolean json;

  FailureMapping(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, CommandLine.ParseResult parsed) {
    trace(exception);
    CommandFailure failure = describe(exception);
    if (failure.problems().isEmpty()) {
      console.note("archmage: " + TerminalSafe.block(failure.explanation()));
    } else {
      console.err().print(TerminalSafe.block(ProblemText.render(failure.problems())));
      console.err().flush();
    }
    if (json) {
      console.out().println(Json.write(document(failure)));
    }
    return failure.exitCode().code();
  }

  @Override
  public int handleParseException(CommandLine.ParameterException exception, String[] arguments) {
    trace(exception);
    CommandLine command = exception.getCommandLine();
    CommandFailure failure = CommandFailure.invalid(withoutPrefix(exception));
    console.note("archmage: " + TerminalSafe.block(failure.explanation()));
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(exception, console.err())) {
      console.note("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    if (json) {
      console.out().println(Json.write(document(failure)));
    }
    return ExitCode.INVALID.code();
  }

  /** Messages about groups of options begin with "Error: ", others do not. */
  private static String withoutPrefix(CommandLine.ParameterException exception) {
    return String.valueOf(exception.getMessage()).replaceFirst("^Error: ", "");
  }

  private static CommandFailure describe(Exception exception) {
    if (exception instanceof CommandFailure failure) {
      return failure;
    }
    return KnownFailures.describe(exception);
  }

  private void trace(Exception exception) {
    if (!console.environment().getOrDefault(DEBUG, "").isEmpty()) {
      exception.printStackTrace(console.err());
    }
  }

  private static Map<String, Object> document(CommandFailure failure) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("type", failure.type());
    error.put("message", failure.explanation());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("error", error);
    document.put("problems", failure.problems());
    return document;
  }
}
