package io.archmage.cli;

/** The program {@code archmage}. */
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    LogSettings.apply(arguments, System.getenv());
    Console console = Console.ofProcess();
    int code = Archmage.run(console, new LocalEngine(), arguments);
    console.out().flush();
    console.err().flush();
    System.exit(code);
  }
}
