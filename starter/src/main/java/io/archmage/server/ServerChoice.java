package io.archmage.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the option {@code --server} asks for. */
public sealed interface ServerChoice {
  /** Nothing was asked for: environment, configuration and record decide. */
  record Unspecified() implements ServerChoice {}

  /** The embedded server, whatever the environment says. */
  record Embedded() implements ServerChoice {}

  /**
   * A server somebody runs.
   *
   * @param target its {@code host:port}
   */
  record Address(String target) implements ServerChoice {
    private static final Pattern FORM =
        Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\s/]+):(\\d{1,5})");

    /** Checks the form. */
    public Address {
      Matcher form = FORM.matcher(target);
      if (!form.matches()
          || Integer.parseInt(form.group(2)) < 1
          || Integer.parseInt(form.group(2)) > 65_535) {
        throw new IllegalArgumentException(
            "--server takes embedded or HOST:PORT, such as 127.0.0.1:7233, not '" + target + "'");
      }
    }
  }

  /**
   * Reads the option's value.
   *
   * @throws IllegalArgumentException with a message for the person who typed it
   */
  static ServerChoice parse(String value) {
    return value.equals("embedded") ? new Embedded() : new Address(value);
  }
}
