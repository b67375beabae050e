package io.archmage.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a supervisor can keep a tree together. With a pid namespace the kernel ends everything
 * with the supervisor; without one a daemon that detached, cleared its environment, left the
 * workspace and closed its output escapes.
 */
enum Isolation {
  /** A pid namespace with its own /proc, without a user namespace: root keeps its powers. */
  PID_PROC("namespace", true, "--pid", "--mount-proc"),
  /** The same where /proc may not be mounted. */
  PID("namespace", true, "--pid"),
  /** An own user namespace gives the right to make the pid namespace. */
  USER_PID_PROC("namespace", true, "--user", "--map-current-user", "--pid", "--mount-proc"),
  /** The same where /proc may not be mounted. */
  USER_PID("namespace", true, "--user", "--map-current-user", "--pid"),
  /** An own session; what leaves it is searched for when the run ends. */
  SESSION("session", true),
  /** An own process group, where there is no setsid command (macOS). */
  GROUP("group", false);

  private final String mode;
  private final boolean setsid;
  private final String prefix;

  Isolation(String mode, boolean setsid, String... unshareOptions) {
    this.mode = mode;
    this.setsid = setsid;
    this.prefix =
        unshareOptions.length == 0
            ? ""
            : "unshare --fork --kill-child " + String.join(" ", unshareOptions);
  }

  /** The strongest that works on this machine; tried once for each JVM. */
  static Isolation ofThisMachine() {
    return Probed.BEST;
  }

  /** The word for it in the {@code claim} file. */
  String mode() {
    return mode;
  }

  boolean isNamespace() {
    return mode.equals("namespace");
  }

  /** Whether the session is left by the setsid command; else the script does it by itself. */
  boolean usesSetsid() {
    return setsid;
  }

  /** The command that enters the namespace, empty without one. */
  String prefix() {
    return prefix;
  }

  boolean works() {
    if (!setsid) {
      return true;
    }
    List<String> argv = new ArrayList<>(List.of("setsid"));
    if (!prefix.isEmpty()) {
      argv.addAll(List.of(prefix.split(" ", -1)));
    }
    argv.addAll(List.of("sh", "-c", prefix.isEmpty() ? ":" : "[ $$ = 1 ]"));
    try {
      Command probe = Command.of(Path.of("/"), argv).withTimeout(Duration.ofSeconds(10));
      return ProcessRunner.run(probe).isSuccess();
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static final class Probed {
    private static final Isolation BEST = probe();

    private static Isolation probe() {
      for (Isolation candidate : values()) {
        if (candidate.works()) {
          return candidate;
        }
      }
      return GROUP;
    }
  }
}
