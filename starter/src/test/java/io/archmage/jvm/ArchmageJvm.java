package io.archmage.jvm;

import io.archmage.cli.Training;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The program as the launcher starts it, with the tests' classes: quick to start, as an archive of
 * loaded classes is recorded once after a change. Such archives want jars.
 */
public final class ArchmageJvm {

  private static final Path FOLDER = Path.of("target", "archmage-jvm").toAbsolutePath();
  private static final Path ARCHIVE = FOLDER.resolve("archive");
  private static final Path STAMP = FOLDER.resolve("stamp");
  private static final List<String> LIGHT =
      List.of(
          "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");
  private static final int RECORDING_SECONDS = 120;
  private static final String CLASSES = prepare();

  private ArchmageJvm() {}

  /** The classes, for whoever hands them over in the variable {@code CLASSPATH}. */
  public static String classes() {
    return CLASSES;
  }

  /** The JVM with its options, without classes: a short command line, which other processes see. */
  public static List<String> command() {
    List<String> words = new ArrayList<>(List.of(java()));
    words.addAll(LIGHT);
    words.addAll(List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-Xlog:disable"));
    return words;
  }

  /** The same with classes and that main class. */
  public static List<String> of(Class<?> main) {
    List<String> words = new ArrayList<>(command());
    words.addAll(List.of("-cp", CLASSES, main.getName()));
    return words;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String prepare() {
    try {
      Files.createDirectories(FOLDER);
      List<Path> entries =
          Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
              .map(Path::of)
              .filter(Files::exists)
              .toList();
      List<String> classes = new ArrayList<>();
      for (int place = 0; place < entries.size(); place++) {
        classes.add(
            Files.isDirectory(entries.get(place))
                ? FOLDER.resolve(place + ".jar").toString()
                : entries.get(place).toString());
      }
      String joined = String.join(File.pathSeparator, classes);
      String stamp = stamp(entries);
      if (!Files.exists(STAMP) || !Files.readString(STAMP).equals(stamp)) {
        Files.deleteIfExists(STAMP);
        Files.deleteIfExists(ARCHIVE);
        for (int place = 0; place < entries.size(); place++) {
          if (Files.isDirectory(entries.get(place))) {
            pack(entries.get(place), Path.of(classes.get(place)));
          }
        }
        record(joined);
        Files.writeString(STAMP, stamp);
      }
      return joined;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while recording classes", e);
    }
  }

  /** Says another thing when a class has changed. */
  private static String stamp(List<Path> entries) throws IOException {
    StringBuilder stamp = new StringBuilder(Runtime.version().toString()).append('\n');
    for (Path entry : entries) {
      Instant newest = Instant.EPOCH;
      long files = 0;
      try (Stream<Path> walk = Files.walk(entry)) {
        for (Path file : walk.filter(Files::isRegularFile).toList()) {
          Instant changed = Files.getLastModifiedTime(file).toInstant();
          newest = changed.isAfter(newest) ? changed : newest;
          files++;
        }
      }
      stamp.append("%s %d %s%n".formatted(entry, files, newest));
    }
    return stamp.toString();
  }

  private static void pack(Path folder, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }

  private static void record(String classes) throws IOException, InterruptedException {
    Path training = Files.createTempDirectory("archmage-training");
    Path log = FOLDER.resolve("training.log");
    List<String> words = new ArrayList<>(List.of(java()));
    words.addAll(LIGHT);
    words.addAll(
        List.of(
            "-XX:ArchiveClassesAtExit=" + ARCHIVE,
            "-Xlog:disable",
            "-cp",
            classes,
            Training.class.getName(),
            training.resolve("repository").toString()));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("ARCHMAGE_STATE", training.resolve("state").toString());
    Process process =
        builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    // What its commands come to on a busy machine does not matter; classes are recorded at its end.
    if (!process.waitFor(RECORDING_SECONDS, TimeUnit.SECONDS) || !Files.exists(ARCHIVE)) {
      process.destroyForcibly();
      throw new IllegalStateException("the training failed: " + Files.readString(log));
    }
    try (Stream<Path> walk = Files.walk(training)) {
      for (Path path : walk.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }
}
