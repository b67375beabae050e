package io.archmage.share;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a git process that talked to a remote complains about. */
enum Trouble {
  /** A ref is not where it was expected, or somebody else changes it now. */
  STALE,
  /** The remote does not allow it. */
  REFUSED,
  /** It may work later. */
  AWAY;

  private static final List<String> STALE_WORDS =
      List.of(
          "stale info",
          "fetch first",
          "incorrect old value",
          "reference already exists",
          "but expected",
          "cannot lock ref",
          "failed to update ref",
          "non-fast-forward");

  private static final List<String> REFUSED_WORDS =
      List.of(
          "declined",
          "permission",
          "denied",
          "denyupdating",
          "deny ",
          "prohibited",
          "protected branch",
          "read-only",
          "read only",
          "not allowed",
          "authentication failed",
          "could not read username",
          "could not read password",
          "returned error: 401",
          "returned error: 403",
          "service not enabled",
          "not exported",
          "does not support --atomic",
          "host key verification failed");

  /** Tells from everything that git printed. */
  static Trouble of(String printed) {
    String text = printed.toLowerCase(Locale.ROOT);
    if (REFUSED_WORDS.stream().anyMatch(text::contains)) {
      return REFUSED;
    }
    return STALE_WORDS.stream().anyMatch(text::contains) ? STALE : AWAY;
  }

  /** The line that says most to people. */
  static String line(String stdout, String stderr) {
    Optional<String> ref =
        stdout
            .lines()
            .filter(line -> line.startsWith("!"))
            .filter(line -> !line.contains("atomic"))
            .map(line -> line.substring(line.lastIndexOf('\t') + 1))
            .findFirst();
    Optional<String> said =
        stderr
            .lines()
            .map(String::strip)
            .filter(
                line -> line.startsWith("fatal:")
                    || line.startsWith("error:")
                    || line.startsWith("remote:"))
            .filter(line -> !line.startsWith("error: failed to push"))
            .findFirst();
    String text =
        ref.map(found -> said.filter(line -> line.startsWith("remote:"))
            .map(line -> found + ", " + line)
            .orElse(found))
            .or(() -> said)
            .orElseGet(() -> stderr.strip());
    return RemoteUrl.withoutUsers(text);
  }
}
