package io.archmage.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The files by which a worker and a supervisor talk; {@code sup.sh} says who writes which. A record
 * is one line that ends in the word {@code end}; without it the record is not there yet.
 */
record RunDirectory(Path path) {

  static final String OUT = "out";
  static final String ERR = "err";
  private static final String SCRIPT = "sup.sh";
  private static final String LAUNCH_PREFIX = "launch-";
  private static final byte[] SUPERVISOR_SCRIPT = readScript();

  /**
   * Who claimed the directory.
   *
   * @param supervisor null if it was given up before a supervisor came
   * @param mode the supervisor's {@link Isolation#mode()}
   * @param namespace whose process ids these are, as {@link ProcessTable#namespace()} names it
   */
  record Claim(@Nullable ProcessIdentity supervisor, String mode, String namespace) {

    /**
     * Whether the supervisor runs on this machine where we cannot see it, in another container.
     */
    boolean isElsewhere() throws IOException, InterruptedException {
      ProcessTable table = table();
      return supervisor != null
          && supervisor.boot().equals(table.boot())
          && !namespace.equals(ProcessTable.UNKNOWN_NAMESPACE)
          && !namespace.equals(table.namespace());
    }

    boolean inNamespace() {
      return mode.equals(Isolation.PID.mode());
    }

    /** The table in whose terms the identity is written. */
    ProcessTable table() {
      return mode.equals(Isolation.GROUP.mode()) ? new PsTable() : ProcessTable.ofThisMachine();
    }
  }

  /** The familiar: process id, inside the namespace if there is one, and start time. */
  record Familiar(long pid, String start) {}

  /** What an {@code exit} record says besides the times. */
  record Verdict(int code, EndReason reason) {}

  /** An existing run directory by its real path, or empty. */
  static Optional<RunDirectory> existing(Path path) throws IOException {
    try {
      return Optional.of(new RunDirectory(path.toRealPath()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Makes the directory, private to its owner, if it does not exist. */
  static RunDirectory create(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    try {
      Files.createDirectory(path, ownerOnly);
    } catch (FileAlreadyExistsException e) {
      Files.setPosixFilePermissions(path, ownerOnly.value());
    }
    return new RunDirectory(path.toRealPath());
  }

  /** Value of {@code ARCHMAGE_RUN_MARKER}: of fixed length, so that none is part of another. */
  String marker() {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString();
  }

  void writeScript() throws IOException {
    writeAtomically(SCRIPT, SUPERVISOR_SCRIPT);
  }

  /** Writes what a later worker must know, in lines; the path may contain line feeds. */
  void writeSpec(ProcessSpec spec) throws IOException {
    String workplace = workplace(spec).map(Path::toString).orElse("");
    String text = spec.leaseTtl().toMillis() + "\n" + workplace;
    writeAtomically("spec", text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Where working is a trace of the run: the real working directory, but neither a home directory
   * nor anything above one, where all kinds of processes work.
   */
  static Optional<Path> workplace(ProcessSpec spec) throws IOException {
    Path real = spec.workingDirectory().toRealPath();
    Path home = Path.of(System.getProperty("user.home", "/"));
    return Files.exists(home) && home.toRealPath().startsWith(real)
        ? Optional.empty()
        : Optional.of(real);
  }

  /** The {@link #workplace} of the run's specification. */
  Optional<Path> workplace() throws IOException {
    return read("spec")
        .map(text -> text.substring(text.indexOf('\n') + 1))
        .filter(text -> !text.isEmpty())
        .map(Path::of);
  }

  /** Writes a launch script under a name of its own, readable by its owner only. */
  Path writeLaunchScript(String text) throws IOException {
    Path file = path.resolve(LAUNCH_PREFIX + UUID.randomUUID());
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.createFile(file, ownerOnly);
    Files.writeString(file, text);
    return file;
  }

  /** Deletes the launch scripts, which hold the environment with its secrets. */
  void deleteLaunchScripts() throws IOException {
    try (var files = Files.newDirectoryStream(path, LAUNCH_PREFIX + "*")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Whether a supervisor was, or was about to be, started that has not claimed the directory. */
  boolean hasLaunchScript() throws IOException {
    try (var files = Files.newDirectoryStream(path, LAUNCH_PREFIX + "*")) {
      return files.iterator().hasNext();
    }
  }

  boolean hasClaim() {
    return Files.exists(path.resolve("claim"));
  }

  /** Claims the directory so that no supervisor can any more; false if it is claimed already. */
  boolean claimForNobody() throws IOException {
    try {
      Files.writeString(path.resolve("claim"), "nobody end\n", StandardOpenOption.CREATE_NEW);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Completes the claim of a supervisor that died before it wrote who it is. */
  void overwriteClaim() throws IOException {
    writeAtomically("claim", "nobody end\n".getBytes(StandardCharsets.UTF_8));
  }

  Optional<Claim> claim() throws IOException {
    return readRecord("claim")
        .map(
            words -> words.length < 6
                ? new Claim(null, "none", ProcessTable.UNKNOWN_NAMESPACE)
                : new Claim(
                    new ProcessIdentity(Long.parseLong(words[0]), words[1], words[2]),
                    words[3],
                    words[4]));
  }

  /** Who the familiar is, once its command is about to run. */
  Optional<Familiar> familiar() throws IOException {
    return readRecord("fam").map(words -> new Familiar(Long.parseLong(words[0]), words[1]));
  }

  Optional<ProcessExit> exit() throws IOException {
    Optional<Verdict> verdict = readVerdict("exit");
    if (verdict.isEmpty()) {
      return Optional.empty();
    }
    Instant endedAt = modified("exit").orElseThrow();
    return Optional.of(
        new ProcessExit(
            verdict.get().code(),
            verdict.get().reason(),
            modified("fam").orElse(endedAt),
            endedAt));
  }

  /** Records the end in place of a supervisor that could not. */
  void writeExit(Verdict verdict, Instant endedAt) throws IOException {
    Path temporary = writeTemporarily("exit", line(verdict));
    Files.setLastModifiedTime(temporary, FileTime.from(endedAt));
    Files.move(temporary, path.resolve("exit"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Says, before the supervisor is killed, what the end is to be called. */
  void writeVerdict(int code, EndReason reason) throws IOException {
    writeAtomically("verdict", line(new Verdict(code, reason)));
  }

  /** What was said by {@link #writeVerdict}. */
  Optional<Verdict> verdict() throws IOException {
    return readVerdict("verdict");
  }

  private Optional<Verdict> readVerdict(String name) throws IOException {
    return readRecord(name)
        .map(words -> new Verdict(Integer.parseInt(words[0]), EndReason.ofWord(words[1])));
  }

  private static byte[] line(Verdict verdict) {
    String text = verdict.code() + " " + verdict.reason().word() + " end\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The last moment at which the run is known to have lived. */
  Instant lastSignOfLife() throws IOException {
    Instant last = Instant.EPOCH;
    for (String name : new String[] {"claim", "fam", OUT, ERR}) {
      Instant modified = modified(name).orElse(last);
      last = modified.isAfter(last) ? modified : last;
    }
    return last;
  }

  /** When the supervisor last looked after its familiar, or claimed the run. */
  Instant lastBeat() throws IOException {
    return modified("beat").orElse(modified("claim").orElse(Instant.EPOCH));
  }

  /** How long the supervisor goes on without a new lease. */
  Duration leaseTtl() throws IOException {
    String text = read("spec").orElseThrow(() -> new NoSuchFileException(path + "/spec"));
    return Duration.ofMillis(Long.parseLong(text.substring(0, text.indexOf('\n'))));
  }

  void requestCancel() throws IOException {
    try {
      Files.createFile(path.resolve("cancel"));
    } catch (FileAlreadyExistsException e) {
      // Asked before; once is enough.
    }
  }

  void writeLease(String value) throws IOException {
    writeAtomically("lease", (value + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** When the file was last written, if it exists. */
  Optional<Instant> modified(String name) throws IOException {
    try {
      FileTime time = Files.getLastModifiedTime(path.resolve(name));
      return Optional.of(time.toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Bytes in the file, 0 if it does not exist. */
  long size(String name) throws IOException {
    try {
      return Files.size(path.resolve(name));
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** The last lines the supervisor's own shells complained with, empty if none. */
  String complaints() throws IOException {
    return OutputTail.tail(path.resolve("log"), 500).text().strip();
  }

  private Optional<String[]> readRecord(String name) throws IOException {
    return read(name).map(String::strip).map(t -> t.split(" ")).filter(RunDirectory::isComplete);
  }

  private static boolean isComplete(String[] words) {
    return words.length > 1 && words[words.length - 1].equals("end");
  }

  private Optional<String> read(String name) throws IOException {
    try {
      return Optional.of(Files.readString(path.resolve(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void writeAtomically(String name, byte[] bytes) throws IOException {
    Files.move(
        writeTemporarily(name, bytes), path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path writeTemporarily(String name, byte[] bytes) throws IOException {
    return Files.write(path.resolve("." + name + "-" + UUID.randomUUID()), bytes);
  }

  private static byte[] readScript() {
    try (InputStream in = RunDirectory.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + SCRIPT + " is not in this build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
