package io.archmage.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.settings.OperatingSystem;
import io.archmage.settings.StateDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerResolverTest {
  private static final ServerChoice UNSPECIFIED = new ServerChoice.Unspecified();

  @TempDir
  Path base;
  private final Map<String, String> environment = new LinkedHashMap<>();

  @BeforeEach
  void setUp() {
    environment.put("HOME", base.toString());
  }

  @Test
  void shouldPreferTheOption() throws Exception {
    environment.put("TEMPORAL_ADDRESS", "env:1");
    environment.put("TEMPORAL_NAMESPACE", "team");
    configure(".config/temporalio", "[profile.default]\naddress = \"file:1\"\napi_key = \"k\"\n");

    ServerTarget target = existing(ServerChoice.parse("opt:1")).orElseThrow();

    assertThat(target.address()).isEqualTo("opt:1");
    assertThat(target.origin()).isEqualTo(new ServerOrigin.Option());
    assertThat(target.namespace()).isEqualTo("team");
    assertThat(target.cliLine()).isEqualTo("temporal --address opt:1 --namespace team");
    assertThat(target.stubsOptions().getEnableHttps()).isFalse();
  }

  @Test
  void shouldUseTheVariableBeforeTheFile() throws Exception {
    environment.put("TEMPORAL_ADDRESS", "env:1");
    configure(".config/temporalio", "[profile.default]\naddress = \"file:1\"\n");

    ServerTarget target = existing(UNSPECIFIED).orElseThrow();

    assertThat(target.toString()).isEqualTo("env:1 (from TEMPORAL_ADDRESS), namespace default");
    assertThat(target.ui()).isEmpty();
  }

  @Test
  void shouldUseAProfileWithItsCredentials() throws Exception {
    Path file =
        configure(
            ".config/temporalio",
            "[profile.default]\naddress = \"file:1\"\n"
                + "[profile.cloud]\naddress = \"cloud:1\"\nnamespace = \"n\"\n"
                + "api_key = \"s3cret\"\n");
    environment.put("TEMPORAL_PROFILE", "cloud");

    ServerTarget target = existing(UNSPECIFIED).orElseThrow();

    assertThat(target.address()).isEqualTo("cloud:1");
    assertThat(target.origin()).isEqualTo(new ServerOrigin.Profile("cloud", file));
    assertThat(target.namespace()).isEqualTo("n");
    assertThat(target.cliLine()).isEqualTo("temporal --profile cloud");
    assertThat(target.stubsOptions().getEnableHttps()).isTrue();
    assertThat(target.toString()).doesNotContain("s3cret");
  }

  @Test
  void shouldFindTheFileWhereTheCliDoes() throws Exception {
    configure("xdg/temporalio", "[profile.default]\naddress = \"xdg:1\"\n");
    configure("Library/Application Support/temporalio", "[profile.default]\naddress = \"mac:1\"\n");
    Path named = configure("named", "[profile.default]\naddress = \"named:1\"\n");
    environment.put("XDG_CONFIG_HOME", base.resolve("xdg").toString());

    assertThat(existing(UNSPECIFIED).orElseThrow().address()).isEqualTo("xdg:1");
    assertThat(
        new ServerResolver(environment, OperatingSystem.MAC_OS, state())
            .existing(UNSPECIFIED)
            .orElseThrow()
            .address())
        .isEqualTo("mac:1");
    environment.put("TEMPORAL_CONFIG_FILE", named.toString());
    assertThat(existing(UNSPECIFIED).orElseThrow().address()).isEqualTo("named:1");
  }

  @Test
  void shouldFindNothingWithoutConfigurationAndRecord() throws Exception {
    environment.put("TEMPORAL_ADDRESS", "");
    environment.put("TEMPORAL_NAMESPACE", "team");
    configure(".config/temporalio", "[profile.default]\nnamespace = \"n\"\n");

    assertThat(existing(UNSPECIFIED)).isEmpty();
  }

  @Test
  void shouldLookPastTheEnvironmentForTheEmbeddedServer() {
    environment.put("TEMPORAL_ADDRESS", "env:1");

    assertThat(existing(ServerChoice.parse("embedded"))).isEmpty();
  }

  @Test
  void shouldSayWhichFileIsWrong() throws Exception {
    Path file = configure(".config/temporalio", "[profile.default\n");

    assertThatThrownBy(() -> existing(UNSPECIFIED))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--server embedded");
    Files.delete(file);
    environment.put("TEMPORAL_PROFILE", "absent");
    assertThatThrownBy(() -> existing(UNSPECIFIED)).hasMessageContaining("absent");
  }

  @Test
  void shouldSayThatAServerDoesNotAnswer() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    environment.put("TEMPORAL_ADDRESS", "127.0.0.1:" + closed);
    ServerTarget target = existing(UNSPECIFIED).orElseThrow();

    long started = System.nanoTime();
    try (TemporalConnection connection = connect(target)) {
      assertThatThrownBy(connection::client)
          .isInstanceOfSatisfying(
              ServerUnreachableException.class,
              e -> assertThat(e.origin()).isEqualTo(new ServerOrigin.Environment()))
          .hasMessageContaining("127.0.0.1:" + closed + ", from TEMPORAL_ADDRESS, does not answer")
          .hasMessageContaining("unset TEMPORAL_ADDRESS");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void shouldNotHangOnAServerThatOnlyListens() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      String address = "127.0.0.1:" + silent.getLocalPort();
      ServerTarget target = existing(ServerChoice.parse(address)).orElseThrow();

      try (TemporalConnection connection = connect(target)) {
        assertThatThrownBy(connection::stubs)
            .isInstanceOf(ServerUnreachableException.class)
            .hasMessageContaining("Check the address, or leave --server out.");
      }
    }
  }

  @Test
  void shouldSayThatACertificateCannotBeRead() {
    environment.put("TEMPORAL_ADDRESS", "127.0.0.1:1");
    environment.put("TEMPORAL_TLS_CLIENT_CERT_PATH", base.resolve("none.pem").toString());
    ServerTarget target = existing(UNSPECIFIED).orElseThrow();

    try (TemporalConnection connection = new TemporalConnection(target)) {
      assertThatThrownBy(connection::stubs)
          .isInstanceOf(ServerUnreachableException.class)
          .hasMessageContaining("cannot be called with the TLS settings given")
          .hasMessageContaining("none.pem");
    }
  }

  private static TemporalConnection connect(ServerTarget target) {
    return new TemporalConnection(target, UnaryOperator.identity(), Duration.ofSeconds(1));
  }

  private Optional<ServerTarget> existing(ServerChoice choice) {
    return new ServerResolver(environment, OperatingSystem.LINUX, state()).existing(choice);
  }

  private StateDirectory state() {
    return new StateDirectory(base.resolve("state"));
  }

  private Path configure(String directory, String toml) throws IOException {
    Path file = base.resolve(directory).resolve("temporal.toml");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, toml);
  }
}
