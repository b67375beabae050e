package io.archmage.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.archmage.settings.CacheDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalCliTest {
  @TempDir
  Path base;
  private final List<String> notes = new ArrayList<>();
  private CacheDirectory cache;

  @BeforeEach
  void setUp() {
    cache = new CacheDirectory(base.resolve("cache"));
  }

  @Test
  void shouldUseTheNamedOneFirst() throws Exception {
    Path named = Scripts.sh(base.resolve("mine"), Scripts.temporal("1.7.0"));
    Scripts.sh(base.resolve("bin/temporal"), Scripts.temporal("1.9.1"));

    TemporalCli cli = locate(Map.of("ARCHMAGE_TEMPORAL", named.toString(), "PATH", path()));

    assertThat(cli)
        .isEqualTo(
            new TemporalCli(named, CliVersion.parse("1.7.0"), TemporalCli.Source.VARIABLE));
  }

  @Test
  void shouldRefuseANamedOneThatIsMissingOrUnusable() throws Exception {
    Path plain = Files.writeString(base.resolve("plain"), "x");
    Path old = Scripts.sh(base.resolve("old"), Scripts.temporal("0.13.2"));
    Path other = Scripts.sh(base.resolve("other"), "exit 3");

    assertRefused(base.resolve("none"), "which does not exist; set ARCHMAGE_TEMPORAL");
    assertRefused(plain, "which cannot be run");
    assertRefused(old, "version 0.13.2; at least 1.6.1 is needed");
    assertRefused(other, "does not answer --version as a Temporal CLI (exit code 3)");
  }

  @Test
  void shouldPassOverOldOnesOnThePath() throws Exception {
    Scripts.sh(base.resolve("bin/temporal"), Scripts.temporal("1.1.0"));
    Path good = Scripts.sh(base.resolve("bin2/temporal"), Scripts.temporal("1.6.1"));

    TemporalCli cli = locate(Map.of("PATH", path() + ":" + base.resolve("bin2")));

    assertThat(cli.executable()).isEqualTo(good);
    assertThat(cli.source()).isEqualTo(TemporalCli.Source.PATH);
    assertThat(notes)
        .containsExactly(
            "passing over "
                + base.resolve("bin/temporal")
                + ", which is version 1.1.0; at least 1.6.1 is needed");
  }

  @Test
  void shouldUseTheCachedCopyWithoutFetching() throws Exception {
    Path copy =
        Scripts.sh(cache.path().resolve("temporal/1.9.1/temporal"), Scripts.temporal("1.9.1"));

    assertThat(locate(Map.of("PATH", path())))
        .isEqualTo(new TemporalCli(copy, TemporalCli.PINNED, TemporalCli.Source.CACHE));
    assertThat(notes).isEmpty();
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(
        () -> locate(Map.of("ARCHMAGE_TEMPORAL", file.toString(), "PATH", path())))
        .isInstanceOf(ServerException.class)
        .hasMessageStartingWith("ARCHMAGE_TEMPORAL names " + file)
        .hasMessageContaining(message);
  }

  private TemporalCli locate(Map<String, String> environment) {
    return TemporalCli.locate(environment, cache, notes::add);
  }

  private String path() {
    return base.resolve("bin").toString();
  }
}
