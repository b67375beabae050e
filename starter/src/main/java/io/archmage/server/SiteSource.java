package io.archmage.server;

import io.archmage.disk.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The executable out of the archive on the Temporal CLI's own release page. */
final class SiteSource implements CliSource {
  /**
   * The release page of a version; archives are named {@code temporal_cli_<version>_<os>_<arch>}
   * and listed with their SHA-256 in {@code checksums.txt}, as the CLI's {@code .goreleaser.yml}
   * says. The other official address, temporal.download, offers no checksums.
   */
  private static final String RELEASES = "https://github.com/temporalio/cli/releases/download/v";

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final String releases;
  private final String osName;
  private final String osArch;
  private final Map<String, String> environment;

  /**
   * @param releases the address to which a version is appended
   * @param osName as in the system property {@code os.name}
   * @param osArch as in the system property {@code os.arch}
   */
  SiteSource(String releases, String osName, String osArch, Map<String, String> environment) {
    this.releases = releases;
    this.osName = osName;
    this.osArch = osArch;
    this.environment = Map.copyOf(environment);
  }

  static SiteSource official(Map<String, String> environment) {
    return new SiteSource(
        RELEASES, System.getProperty("os.name"), System.getProperty("os.arch"), environment);
  }

  @Override
  public String name() {
    return URI.create(releases).getHost();
  }

  @Override
  public Path fetch(CliVersion version, Path directory) throws IOException {
    String archiveName = archiveName(version);
    String base = releases + version + "/";
    Path checksums = directory.resolve("checksums.txt");
    Path archive = directory.resolve(archiveName);
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_LIMIT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      download(client, URI.create(base + "checksums.txt"), checksums);
      download(client, URI.create(base + archiveName), archive);
    }
    verify(archive, checksums);
    unpack(archive, directory);
    return directory.resolve("temporal");
  }

  /** The archive for this machine, as the release page calls it. */
  String archiveName(CliVersion version) throws IOException {
    String system = osName.toLowerCase(Locale.ROOT);
    String os = system.contains("mac") ? "darwin" : system.contains("linux") ? "linux" : "";
    String arch =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          default -> "";
        };
    if (os.isEmpty() || arch.isEmpty()) {
      throw new IOException("no release for " + osName + " on " + osArch);
    }
    return "temporal_cli_" + version + "_" + os + "_" + arch + ".tar.gz";
  }

  private static void download(HttpClient client, URI address, Path target) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
    try {
      HttpResponse<Path> answer =
          client.send(request, HttpResponse.BodyHandlers.ofFile(target));
      if (answer.statusCode() != 200) {
        throw new IOException(address + " answered with HTTP status " + answer.statusCode());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerException("interrupted while downloading " + address, e);
    } catch (IOException e) {
      String said = e.getMessage();
      throw said != null && said.startsWith(address.toString())
          ? e
          : new IOException("cannot download " + address + " (" + e + ")", e);
    }
  }

  private static void verify(Path archive, Path checksums) throws IOException {
    String name = archive.getFileName().toString();
    String expected =
        Files.readAllLines(checksums, StandardCharsets.UTF_8)
            .stream()
            .map(line -> line.strip().split("\\s+\\*?"))
            .filter(fields -> fields.length == 2 && fields[1].equals(name))
            .map(fields -> fields[0])
            .findFirst()
            .orElseThrow(() -> new IOException("checksums.txt does not list " + name));
    String actual = Sha256.of(archive);
    if (!actual.equalsIgnoreCase(expected)) {
      throw new IOException(
          name + ": the SHA-256 is " + actual + ", checksums.txt says " + expected);
    }
  }

  private void unpack(Path archive, Path directory) throws IOException {
    Path tar =
        PathSearch.first("tar", environment)
            .orElseThrow(() -> new IOException("there is no tar on the PATH"));
    ProgramRun run =
        ProgramRun.of(
            List.of(
                tar.toString(),
                "-xzf",
                archive.toString(),
                "-C",
                directory.toString(),
                "temporal"),
            environment,
            LIMIT);
    if (run.exitCode() != 0) {
      throw new IOException("cannot unpack " + archive.getFileName() + ": " + run.tail());
    }
  }
}
