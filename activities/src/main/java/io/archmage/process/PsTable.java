package io.archmage.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Systems without /proc (macOS): asks ps and lsof. Sessions and ages are not looked at, and start
 * times have a resolution of one second.
 */
final class PsTable implements ProcessTable {

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  @Override
  public String boot() throws IOException, InterruptedException {
    return Files.isReadable(BOOT_ID)
        ? Files.readString(BOOT_ID).strip()
        : ask("sysctl", "-n", "kern.bootsessionuuid").strip();
  }

  @Override
  public Optional<String> startTime(long pid) throws IOException, InterruptedException {
    String line = ask("ps", "-o", "stat=", "-o", "lstart=", "-p", Long.toString(pid)).strip();
    if (line.isEmpty() || line.startsWith("Z")) {
      return Optional.empty();
    }
    String[] words = line.split("\\s+", 2);
    return Optional.of(words[1].strip().replaceAll("\\s+", "_"));
  }

  @Override
  public List<Long> find(Traces traces) throws IOException, InterruptedException {
    Set<Long> found = new LinkedHashSet<>();
    if (traces.assignment().isPresent()) {
      String listing = ask("ps", "-axEww", "-o", "pid=", "-o", "command=");
      if (listing.isEmpty()) { // the ps of Linux has another option for the environment
        listing = ask("ps", "axeww", "-o", "pid=", "-o", "command=");
      }
      for (String line : listing.lines().toList()) {
        if (line.contains(traces.assignment().get())) {
          found.add(Long.parseLong(line.strip().split("\\s+", 2)[0]));
        }
      }
    }
    findByFiles(traces, found);
    found.removeAll(Traces.untouchable());
    return List.copyOf(found);
  }

  /** Reads lsof's lines: p and a process id, f and a descriptor, n and a name. */
  private static void findByFiles(Traces traces, Set<Long> found)
      throws IOException, InterruptedException {
    long pid = 0;
    boolean cwd = false;
    for (String line : ask("lsof", "-w", "-n", "-P", "-F", "pfn").lines().toList()) {
      if (line.startsWith("p")) {
        pid = Long.parseLong(line.substring(1));
      } else if (line.startsWith("f")) {
        cwd = line.equals("fcwd");
      } else if (line.startsWith("n/")) {
        Path file = Path.of(line.substring(1));
        if (cwd ? traces.isWorkplace(file) : file.startsWith(traces.openUnder())) {
          found.add(pid);
        }
      }
    }
    // A person's shell has a terminal.
    for (Long candidate : List.copyOf(found)) {
      String terminal = ask("ps", "-o", "tty=", "-p", candidate.toString()).strip();
      if (!terminal.isEmpty() && !terminal.startsWith("?")) {
        found.remove(candidate);
      }
    }
  }

  private static String ask(String... argv) throws IOException, InterruptedException {
    Command command =
        Command.of(Path.of("/"), List.of(argv)).with("LC_ALL", "C").with("TZ", "UTC");
    return ProcessRunner.run(command.withTimeout(Duration.ofSeconds(20))).stdoutText();
  }
}
