package io.archmage.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.archmage.config.Configuration;
import io.archmage.config.ConfigurationReader;
import io.archmage.config.ConfigurationReading;
import io.archmage.config.ShareSettings;
import io.archmage.disk.Sha256;
import io.archmage.git.GitRepository;
import io.archmage.git.NativeGit;
import io.archmage.plan.document.DocumentSyntax;
import io.archmage.project.Project;
import io.archmage.settings.SettingsException;
import io.archmage.settings.StateDirectory;
import io.archmage.share.RemoteUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens repositories with their configuration. */
public final class ProjectLoader {

  /** Where a repository keeps its own configuration. */
  public static final String OWN_CONFIGURATION = "runes/config/parallel.yaml";

  private static final String GIVEN_IN_CODE = "the configuration given in code";

  /** The same keys and values give the same text and so the same hash in every JVM. */
  private static final ObjectMapper SORTED_JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /** The folder of all repositories in the state directory. */
  public static final String REPOSITORIES = "repos";

  private final StateDirectory state;

  /** Projects whose files lie in that state directory. */
  public ProjectLoader(StateDirectory state) {
    this.state = state;
  }

  /**
   * Opens the repository of a directory.
   *
   * @param directory any directory in it
   * @param explicit the configuration given explicitly, or null for the repository's own
   * @throws io.archmage.git.UnusableRepositoryException if there is none that can be used
   * @throws ConfigurationProblemsException if the configuration is wrong
   * @throws SettingsException if a file cannot be read
   */
  public LoadedProject load(Path directory, @Nullable Path explicit) {
    GitRepository repository = GitRepository.open(directory);
    Path top = top(repository, directory);
    Path own = top.resolve(OWN_CONFIGURATION);
    Path file = explicit != null ? explicit : Files.isRegularFile(own) ? own : null;
    byte[] bytes = file == null ? new byte[0] : read(file);
    String name = file == null ? null : explicit != null ? file.toString() : OWN_CONFIGURATION;
    DocumentSyntax syntax =
        name == null ? DocumentSyntax.YAML : DocumentSyntax.ofFileName(name);
    Configuration configuration = parse(bytes, syntax, name);
    return new LoadedProject(
        project(repository, top, configuration, bytes), name, explicit == null);
  }

  /**
   * Opens the repository of a directory with a configuration that a program gives.
   *
   * @param directory any directory in it
   * @param configuration the keys and values that the file would have
   * @throws io.archmage.git.UnusableRepositoryException if there is none that can be used
   * @throws ConfigurationProblemsException if the configuration is wrong
   */
  public LoadedProject load(Path directory, Map<String, ?> configuration) {
    GitRepository repository = GitRepository.open(directory);
    byte[] bytes;
    try {
      bytes = SORTED_JSON.writeValueAsBytes(configuration);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The configuration given in code is no JSON: " + e, e);
    }
    return new LoadedProject(
        project(
            repository,
            top(repository, directory),
            parse(bytes, DocumentSyntax.JSON, GIVEN_IN_CODE),
            bytes),
        GIVEN_IN_CODE,
        false);
  }

  private Project project(
      GitRepository repository, Path top, Configuration configuration, byte[] bytes) {
    state.create();
    Path folder = folder(state, repository.repoId());
    ShareSettings share = configuration.share();
    String id =
        share == null
            ? repository.repoId()
            : RemoteUrl.id(RemoteUrl.of(repository, share.remote()));
    return new Project(id, repository, top, configuration, hash(bytes), folder);
  }

  /** Where a repository's workspaces and attempts are on this machine; it may not exist. */
  public static Path folder(StateDirectory state, String repositoryId) {
    return state.path().resolve(REPOSITORIES).resolve(repositoryId);
  }

  private static Path top(GitRepository repository, Path directory) {
    return repository.isBare()
        ? repository.commonDirectory()
        : Path.of(
            NativeGit.in(directory).run("rev-parse", "--show-toplevel").orThrow().text().strip());
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new SettingsException("The configuration " + file + " cannot be read: " + e);
    }
  }

  private static Configuration parse(
      byte[] bytes, DocumentSyntax syntax, @Nullable String name) {
    return switch (ConfigurationReader.read(bytes, syntax)) {
      case ConfigurationReading.Read read -> read.configuration();
      case ConfigurationReading.Problems problems ->
        throw new ConfigurationProblemsException(
            List.copyOf(
                problems.problems().stream().map(problem -> problem.inFile(name)).toList()));
    };
  }

  private static String hash(byte[] bytes) {
    return Sha256.of(bytes.length == 0 ? "defaults".getBytes(StandardCharsets.UTF_8) : bytes);
  }
}
