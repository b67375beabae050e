package io.archmage.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Linux: reads proc(5). Processes of other users show little and are passed over. */
final class ProcTable implements ProcessTable {

  private static final Path PROC = Path.of("/proc");

  /** The fields of /proc/PID/stat used here. */
  private record Stat(char state, long session, long terminal, long startTicks) {

    boolean isAlive() {
      return state != 'Z' && state != 'X';
    }
  }

  @Override
  public String boot() throws IOException {
    return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
  }

  @Override
  public String namespace() {
    return link(PROC.resolve("self/ns/pid")).map(Path::toString).orElse(UNKNOWN_NAMESPACE);
  }

  @Override
  public Optional<String> startTime(long pid) {
    return stat(pid).filter(Stat::isAlive).map(stat -> Long.toString(stat.startTicks()));
  }

  @Override
  public List<Long> find(Traces traces) throws IOException {
    Set<Long> untouchable = Traces.untouchable();
    long ownSession = stat(ProcessHandle.current().pid()).map(Stat::session).orElse(-1L);
    List<Long> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        long pid = Long.parseLong(process.getFileName().toString());
        Optional<Stat> stat = stat(pid).filter(Stat::isAlive);
        if (stat.isPresent()
            && stat.get().startTicks() >= traces.notBefore()
            && stat.get().session() != ownSession
            && !untouchable.contains(pid)
            && matches(process, stat.get(), traces)) {
          found.add(pid);
        }
      }
    }
    return found;
  }

  private static boolean matches(Path process, Stat stat, Traces traces) {
    Long session = traces.session();
    return (session != null && stat.session() == session)
        || (stat.terminal() == 0
            && link(process.resolve("cwd")).filter(traces::isWorkplace).isPresent())
        || traces.assignment().filter(text -> hasVariable(process, text)).isPresent()
        || hasOpenFile(process, traces.openUnder());
  }

  private static boolean hasVariable(Path process, String assignment) {
    try {
      byte[] block = Files.readAllBytes(process.resolve("environ"));
      String text = '\0' + new String(block, StandardCharsets.ISO_8859_1);
      return text.contains('\0' + assignment + '\0');
    } catch (IOException e) {
      return false; // gone, or another user's
    }
  }

  private static boolean hasOpenFile(Path process, Path directory) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (link(file).filter(target -> target.startsWith(directory)).isPresent()) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return false; // gone, or another user's
    }
    return false;
  }

  private static Optional<Path> link(Path link) {
    try {
      return Optional.of(Files.readSymbolicLink(link));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Stat> stat(long pid) {
    String text;
    try {
      byte[] bytes = Files.readAllBytes(PROC.resolve(pid + "/stat"));
      text = new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return Optional.empty();
    }
    // The name in parentheses may hold anything; the fields after it start with the state.
    String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1);
    return Optional.of(
        new Stat(
            fields[0].charAt(0),
            Long.parseLong(fields[3]),
            Long.parseLong(fields[4]),
            Long.parseLong(fields[19])));
  }
}
