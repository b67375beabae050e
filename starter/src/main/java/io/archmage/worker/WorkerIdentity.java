package io.archmage.worker;

import io.archmage.project.Project;
import io.archmage.server.ProcessIdentity;
import io.archmage.settings.SettingsException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a worker names itself to the server, for the Web UI and for other parts of Archmage.
 *
 * @param repositories ids of the repositories it serves
 * @param configHash first eight digits of the configuration's hash
 * @param pid its process
 * @param host where that runs
 */
public record WorkerIdentity(
    List<String> repositories, String configHash, long pid, String host) {

  private static final int HASH_DIGITS = 8;

  private static final Pattern FORM =
      Pattern.compile("archmage/([0-9a-f+]+)/([0-9a-f]+)/([0-9]+)@(.+)");

  /** Copies the list. */
  public WorkerIdentity {
    repositories = List.copyOf(repositories);
  }

  /** This process, as the worker of those projects. */
  static WorkerIdentity of(List<Project> projects) {
    return new WorkerIdentity(
        projects.stream().map(Project::id).toList(),
        projects.getFirst().configHash().substring(0, HASH_DIGITS),
        ProcessHandle.current().pid(),
        localHost());
  }

  /** The worker of that identity, empty if it is none of ours. */
  public static Optional<WorkerIdentity> parse(String identity) {
    Matcher matcher = FORM.matcher(identity);
    return matcher.matches()
        ? Optional.of(
            new WorkerIdentity(
                List.of(matcher.group(1).split("\\+")),
                matcher.group(2),
                Long.parseLong(matcher.group(3)),
                matcher.group(4)))
        : Optional.empty();
  }

  /**
   * Whether it may still run: the server lists a worker for minutes after its end, but of this
   * machine's processes we know.
   *
   * @param seen when it last asked for work; a process that started later is another one, which was
   *     given the same number
   */
  public boolean mayBeAlive(Instant seen) {
    return !isHere() || ProcessIdentity.isRunningSince(pid, seen);
  }

  /** Whether it runs on this machine. */
  public boolean isHere() {
    return host.equals(localHost());
  }

  /** The variable that names this machine in queues otherwise than the machine itself does. */
  public static final String HOST_VARIABLE = "ARCHMAGE_HOST";

  /**
   * The name of this machine in queues.
   *
   * @param environment the variables of whoever asks
   * @throws io.archmage.settings.SettingsException if the variable's value cannot be one
   */
  public static String queueHost(Map<String, String> environment) {
    String named = environment.getOrDefault(HOST_VARIABLE, "");
    if (!named.isEmpty() && !named.matches(WorkerSettings.HOST_FORM)) {
      throw new SettingsException(
          HOST_VARIABLE + " takes letters, digits, '.', '_' and '-', not '" + named + "'.");
    }
    return named.isEmpty() ? localHost() : named;
  }

  /** The name of this machine in identities. */
  public static String localHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Override
  public String toString() {
    return "archmage/"
        + repositories.stream().collect(Collectors.joining("+"))
        + "/"
        + configHash
        + "/"
        + pid
        + "@"
        + host;
  }
}
