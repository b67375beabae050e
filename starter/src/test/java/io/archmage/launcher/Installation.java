package io.archmage.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A clone of the repository as the launcher sees it, with JDKs and a Maven that are scripts.
 * Nothing else of this machine is on its PATH but the standard tools.
 */
final class Installation {
  private static final List<String> TOOLS = List.of(
      "cp", "find", "ln", "mkdir", "mv", "ps", "readlink", "rm", "rmdir", "sh", "sleep", "tail",
      "touch");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What one start of the launcher did. */
  record Outcome(int exitCode, List<String> output) {}

  private final Path root;
  private final Path home;
  private final Path bin;
  private String javaHome = "";
  private String javaOptions = "";

  Installation(Path folder) throws IOException {
    root = Files.createDirectories(folder.resolve("a clone"));
    home = Files.createDirectories(folder.resolve("home"));
    bin = Files.createDirectories(folder.resolve("bin"));
    for (var tool : TOOLS) {
      script(bin.resolve(tool), "exec " + onThisMachine(tool) + " \"$@\"");
    }
    Files.copy(launcher(), root.resolve("archmage"));
    executable(root.resolve("archmage"));
    Files.createDirectories(root.resolve("starter/src/main"));
    write(root.resolve("pom.xml"), "");
    write(root.resolve("starter/src/main/Main.java"), "");
    edit(Duration.ofHours(-1));
  }

  Path root() {
    return root;
  }

  Path bin() {
    return bin;
  }

  void javaHome(Path jdk) {
    javaHome = jdk.toString();
  }

  void javaOptions(String options) {
    javaOptions = options;
  }

  /**
   * A JDK where IDEs put theirs. Its java prints its own folder and its arguments, and makes the
   * archive of classes that it is asked for.
   */
  Path jdk(String name, String version) throws IOException {
    var jdk = home.resolve(".jdks").resolve(name);
    Files.createDirectories(jdk.resolve("bin"));
    write(
        jdk.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\nOS_ARCH=\"any\"\n");
    script(
        jdk.resolve("bin/java"),
        "printf '%s\\n' '" + name + "' \"$@\"",
        "for word; do case $word in -XX:*/archive) : >\"${word#*=}\" ;; esac; done");
    return jdk;
  }

  /** A Maven that does what the text says before it leaves what the real one leaves. */
  void maven(String first) throws IOException {
    script(
        bin.resolve("mvn"),
        "echo \"$@\" >>builds.txt",
        first,
        "rm -rf starter/target/archmage",
        "mkdir -p starter/target/archmage/lib",
        "touch starter/target/archmage/lib/archmage.jar starter/target/archmage/built");
  }

  void noMaven() throws IOException {
    Files.deleteIfExists(bin.resolve("mvn"));
  }

  long builds() throws IOException {
    var log = root.resolve("builds.txt");
    if (!Files.exists(log)) {
      return 0;
    }
    try (var lines = Files.lines(log)) {
      return lines.count();
    }
  }

  /** Changes a source so that it looks changed that long from now. */
  void edit(Duration fromNow) throws IOException {
    var time = FileTime.from(Instant.now().plus(fromNow));
    for (var path : List.of("pom.xml", "starter/src/main/Main.java", "starter/src/main")) {
      Files.setLastModifiedTime(root.resolve(path), time);
    }
  }

  /** The folders of builds, by number. */
  List<String> buildFolders() throws IOException {
    try (Stream<Path> all = Files.list(root.resolve(".build"))) {
      return all.filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    return finish(start(root.resolve("archmage"), arguments));
  }

  Process start(Path launcher, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("HOME", home.toString());
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("ARCHMAGE_JAVA_OPTS", javaOptions);
    if (!javaHome.isEmpty()) {
      builder.environment().put("JAVA_HOME", javaHome);
    }
    return builder.start();
  }

  Outcome finish(Process process) throws IOException, InterruptedException {
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
        .toList();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("The launcher did not end within " + PATIENCE);
    }
    return new Outcome(process.exitValue(), output);
  }

  static void script(Path file, String... lines) throws IOException {
    write(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    executable(file);
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path onThisMachine(String tool) {
    return Stream.of("/bin", "/usr/bin")
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  /** Surefire runs in the module's folder, an IDE may run in the root. */
  private static Path launcher() {
    return Stream.of(Path.of("../archmage"), Path.of("archmage"))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow();
  }
}
