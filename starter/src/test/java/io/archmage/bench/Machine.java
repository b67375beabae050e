package io.archmage.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** What was measured on, for the page. */
final class Machine {

  private Machine() {}

  /** Processes that ran or wanted to, on the average of the last minute; negative if unknown. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** One line for each thing that may matter. */
  static List<String> describe(String temporal) throws IOException, InterruptedException {
    return List.of(
        "- Date: " + LocalDate.now(ZoneOffset.UTC),
        "- Machine: %s, %d cores, %s %s %s"
            .formatted(
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        "- Java " + Runtime.version() + ", Temporal's SDK " + sdk(),
        "- " + BenchRepository.run(List.of("git", "--version")),
        "- " + temporal);
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    return Files.isReadable(info)
        ? Files.readAllLines(info)
            .stream()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
            .findFirst()
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .orElse("unknown processor")
        : "unknown processor";
  }

  private static String sdk() throws IOException {
    String pom = Files.readString(Path.of("../pom.xml"));
    int begin = pom.indexOf("<temporal.version>") + "<temporal.version>".length();
    return pom.substring(begin, pom.indexOf('<', begin));
  }
}
