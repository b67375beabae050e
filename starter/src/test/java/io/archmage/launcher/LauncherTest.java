package io.archmage.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir
  private Path folder;

  private Installation installation;

  @BeforeEach
  void install() throws IOException {
    installation = new Installation(folder);
    installation.maven(":");
  }

  @Test
  void shouldTakeJavaHomeIfItIsNewEnough() throws Exception {
    installation.jdk("newer", "900");
    installation.javaHome(installation.jdk("chosen", "21.0.2"));
    assertThat(installation.run().output()).contains("chosen");
  }

  @Test
  void shouldRunWhereItCannotNoteThatItDoes() throws Exception {
    installation.javaHome(installation.jdk("chosen", "21.0.2"));
    installation.run();
    var users = installation.root().resolve(".build/1/users");
    Files.move(users, users.resolveSibling("gone"));

    assertThat(installation.run().output()).contains("chosen");
  }

  @ParameterizedTest
  @CsvSource({"17.0.15", "1.8.0_392", "20", "unknown"})
  void shouldPassByAnOldJavaHome(String old) throws Exception {
    installation.javaHome(installation.jdk("old", old));
    installation.jdk("new", "900.0.1");
    installation.jdk("newest", "901-ea");
    assertThat(installation.run().output()).contains("newest");
  }

  @Test
  void shouldTakeTheJavaOfThePath() throws Exception {
    var jdk = installation.jdk("on-path", "25.0.1");
    installation.jdk("newer", "900");
    Files.createSymbolicLink(installation.bin().resolve("java"), jdk.resolve("bin/java"));
    assertThat(installation.run().output()).contains("on-path");
  }

  @Test
  void shouldAskAJavaWithoutAReleaseFile() throws Exception {
    Installation.script(
        installation.bin().resolve("java"),
        "[ \"$1\" = -version ] || echo asked",
        "echo 'openjdk version \"24.0.1\" 2025-04-15' >&2");
    assertThat(installation.run().output()).contains("asked");
  }

  @Test
  void shouldSayHowToGetAJdk() throws Exception {
    var launcher = installation.root().resolve("archmage");
    Files.writeString(
        launcher,
        Files.readString(launcher).replace("oldest_java=21", "oldest_java=999"));
    var outcome = installation.run();
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.output()).anyMatch(line -> line.contains("no JDK 999 or newer"))
        .anyMatch(line -> line.contains("apt-get install"))
        .anyMatch(line -> line.contains("brew install"))
        .anyMatch(line -> line.contains("set JAVA_HOME"));
  }

  @Test
  void shouldSayHowToGetMaven() throws Exception {
    installation.jdk("any", "900");
    installation.noMaven();
    var outcome = installation.run();
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.output()).anyMatch(line -> line.contains("no mvn on the PATH"))
        .anyMatch(line -> line.contains("install maven"));
  }

  @Test
  void shouldPassArgumentsOnUnchanged() throws Exception {
    installation.jdk("any", "900");
    var link = Files.createSymbolicLink(
        folder.resolve("a link"),
        installation.root().resolve("archmage"));
    var outcome = installation.finish(installation.start(link, "run", "a  b", "*", "$HOME", ""));
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.output())
        .endsWith("io.archmage.cli.Main", "run", "a  b", "*", "$HOME", "")
        .contains(installation.root().toRealPath() + "/.build/1/lib/archmage.jar");
  }

  @ParameterizedTest
  @CsvSource({
    "21, plan, true, false", "23, --no-input, true, false", "24, plan, true, true",
    "25, worker, false, true"
  })
  void shouldChooseTheFlags(String version, String command, boolean light, boolean quiet)
      throws Exception {
    installation.javaHome(installation.jdk("any", version));
    var output = installation.run(command).output();
    assertThat(output.contains("-XX:TieredStopAtLevel=1")).isEqualTo(light);
    assertThat(output.contains("--sun-misc-unsafe-memory-access=allow")).isEqualTo(quiet);
  }

  @ParameterizedTest
  @CsvSource({"21.0.2, 21, SharedArchiveFile", "25, 25, AOTCache", "900, 900, AOTCache"})
  void shouldPrepareAFastStartOnce(String version, String major, String option) throws Exception {
    installation.javaHome(installation.jdk("any", version));
    var archive =
        "-XX:" + option + "=" + installation.root().toRealPath() + "/.build/1/fast-" + major;
    assertThat(installation.run().output())
        .contains("Preparing a fast start (once)...", archive);
    assertThat(installation.run("worker").output()).startsWith("any", archive);
    assertThat(Path.of(archive.substring(archive.indexOf('=') + 1))).exists();
  }

  @Test
  void shouldPrepareAFastStartForEachJvm() throws Exception {
    installation.javaHome(installation.jdk("any", "25.0.1"));
    installation.run();
    installation.javaHome(installation.jdk("other", "25.0.2"));
    assertThat(installation.run().output()).contains("Preparing a fast start (once)...", "other");
    assertThat(installation.run().output()).startsWith("other");
  }

  @Test
  void shouldStartWithoutAnArchiveThatCannotBeMade() throws Exception {
    var jdk = installation.jdk("any", "25");
    installation.javaHome(jdk);
    Installation.script(
        jdk.resolve("bin/java"),
        "case \"$*\" in *Training*) exit 1 ;; esac",
        "printf '%s\\n' any \"$@\"");
    assertThat(installation.run().output()).contains("any")
        .noneMatch(LauncherTest::usesAnArchive);
    assertThat(installation.run().output()).startsWith("any")
        .noneMatch(LauncherTest::usesAnArchive);
  }

  @Test
  void shouldNotUseTheArchiveWithOptionsOfTheUser() throws Exception {
    installation.javaHome(installation.jdk("any", "25"));
    installation.javaOptions("-Xshare:off");
    assertThat(installation.run().output()).contains("-Xshare:off")
        .noneMatch(LauncherTest::usesAnArchive);
  }

  @Test
  void shouldBuildOnce() throws Exception {
    installation.jdk("any", "900");
    assertThat(installation.run().output()).contains("Building Archmage (once)...");
    installation.noMaven();
    var second = installation.run();
    assertThat(second.exitCode()).isZero();
    assertThat(second.output()).startsWith("any");
    assertThat(installation.builds()).isOne();
  }

  @Test
  void shouldTakeWhatMavenHasBuilt() throws Exception {
    installation.jdk("any", "900");
    var output = installation.root().resolve("starter/target/archmage");
    Files.createDirectories(output.resolve("lib"));
    Files.createFile(output.resolve("built"));
    assertThat(installation.run().exitCode()).isZero();
    assertThat(installation.builds()).isZero();
  }

  @Test
  void shouldBuildAgainWhenASourceIsNewer() throws Exception {
    installation.jdk("any", "900");
    installation.run();
    installation.edit(Duration.ofHours(1));
    assertThat(installation.run().exitCode()).isZero();
    assertThat(installation.builds()).isEqualTo(2);
    assertThat(installation.buildFolders()).containsExactly("2");
  }

  @Test
  void shouldKeepABuildThatIsInUse() throws Exception {
    installation.jdk("any", "900");
    installation.run();
    var self = String.valueOf(ProcessHandle.current().pid());
    Files.createFile(installation.root().resolve(".build/1/users").resolve(self));
    installation.edit(Duration.ofHours(1));
    installation.run();
    assertThat(installation.buildFolders()).containsExactly("1", "2");
    assertThat(installation.root().resolve(".build/1/lib/archmage.jar")).exists();
  }

  @Test
  void shouldBuildOnceForTwoAtTheSameTime() throws Exception {
    installation.jdk("any", "900");
    var root = installation.root();
    installation.maven("touch building; while [ ! -e go ]; do sleep 0.05; done");
    Installation.script(
        installation.bin().resolve("sleep"),
        "[ \"$1\" = 0.05 ] || touch '" + root.resolve("waiting") + "'",
        "exec /bin/sleep \"$1\"");
    var first = installation.start(root.resolve("archmage"));
    awaitFile(root.resolve("building"));
    var second = installation.start(root.resolve("archmage"));
    awaitFile(root.resolve("waiting"));
    Files.createFile(root.resolve("go"));
    assertThat(installation.finish(first).output()).startsWith("Building Archmage (once)...");
    assertThat(installation.finish(second).output()).contains("any");
    assertThat(installation.builds()).isOne();
    assertThat(root.resolve(".build/lock")).doesNotExist();
  }

  @Test
  void shouldTakeOverTheLockOfTheDead() throws Exception {
    installation.jdk("any", "900");
    var dead = new ProcessBuilder("true").start();
    dead.waitFor();
    var builds = Files.createDirectories(installation.root().resolve(".build"));
    Files.createSymbolicLink(builds.resolve("lock"), Path.of(String.valueOf(dead.pid())));
    assertThat(installation.run().exitCode()).isZero();
    assertThat(installation.builds()).isOne();
  }

  @Test
  void shouldShowWhyTheBuildFailed() throws Exception {
    installation.jdk("any", "900");
    installation.maven("echo 'cannot find symbol'; exit 1");
    var outcome = installation.run();
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.output()).contains("cannot find symbol")
        .anyMatch(line -> line.contains(".build/build.log"));
    installation.maven(":");
    assertThat(installation.run().exitCode()).isZero();
  }

  private static boolean usesAnArchive(String argument) {
    return argument.startsWith("-XX:AOT");
  }

  private static void awaitFile(Path file) throws InterruptedException {
    var deadline = Instant.now().plus(PATIENCE);
    while (!Files.exists(file)) {
      assertThat(Instant.now()).as("%s appears", file).isBefore(deadline);
      Thread.sleep(10);
    }
  }
}
