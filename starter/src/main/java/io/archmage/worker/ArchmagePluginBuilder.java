package io.archmage.worker;

import io.archmage.config.WorkerRules;
import io.archmage.durable.WorkflowNames;
import io.archmage.project.Project;
import io.archmage.settings.OperatingSystem;
import io.archmage.settings.StateDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says what an {@link ArchmagePlugin} serves, and where.
 *
 * <pre>{@code
 * ArchmagePlugin.newBuilder()
 *     .repository(Path.of("/srv/shop"), Path.of("/etc/archmage/shop.yaml"))
 *     .repository(
 *         Path.of("/srv/site"),
 *         Map.of("familiars", Map.of("codex", Map.of("command", List.of("/opt/agent")))))
 *     .taskQueue("agents")
 *     .build();
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class ArchmagePluginBuilder {

  private final List<Function<ProjectLoader, LoadedProject>> repositories = new ArrayList<>();
  private String taskQueue = WorkflowNames.TASK_QUEUE;
  private String host = WorkerIdentity.queueHost(System.getenv());
  private boolean trust;
  private @Nullable Path stateDirectory;

  ArchmagePluginBuilder() {}

  /**
   * Serves a repository with its own configuration, {@code runes/config/parallel.yaml}, or the
   * defaults where it has none. Commands in it must be approved: see {@link
   * #trustOwnConfigurations}.
   *
   * @param directory any directory in it, or a bare repository
   */
  public ArchmagePluginBuilder repository(Path directory) {
    repositories.add(loader -> loader.load(directory, (Path) null));
    return this;
  }

  /**
   * Serves a repository with the configuration in a file, which counts as approved.
   *
   * @param directory any directory in it, or a bare repository
   * @param configuration the file, YAML or JSON; read once, when the plugin is built
   */
  public ArchmagePluginBuilder repository(Path directory, Path configuration) {
    repositories.add(loader -> loader.load(directory, configuration));
    return this;
  }

  /**
   * Serves a repository with a configuration made in code, which counts as approved.
   *
   * @param directory any directory in it, or a bare repository
   * @param configuration the keys and values that the file would have: maps, lists and scalars
   */
  public ArchmagePluginBuilder repository(Path directory, Map<String, ?> configuration) {
    Map<String, ?> copy = new LinkedHashMap<>(configuration);
    repositories.add(loader -> loader.load(directory, copy));
    return this;
  }

  /** Takes another queue's runs than {@code archmage}'s; its activities' queues begin with it. */
  public ArchmagePluginBuilder taskQueue(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the task queue has no name");
    }
    taskQueue = name;
    return this;
  }

  /**
   * Names this host in queues otherwise than {@code ARCHMAGE_HOST}, or else the machine, does.
   * Workers of one name must run on one machine and share the state directory, as containers can.
   */
  public ArchmagePluginBuilder host(String name) {
    if (!name.matches(WorkerSettings.HOST_FORM)) {
      throw new IllegalArgumentException("a host's name cannot be '" + name + "'");
    }
    host = name;
    return this;
  }

  /**
   * Keeps workspaces and journals there instead of in {@code $ARCHMAGE_STATE} or the user's own
   * directory. The next worker must be given the same to follow familiars that run.
   */
  public ArchmagePluginBuilder stateDirectory(Path directory) {
    stateDirectory = directory;
    return this;
  }

  /**
   * Approves, for this plugin alone, the commands in the repositories' own configurations. Whoever
   * can write to such a repository can then run commands here.
   */
  public ArchmagePluginBuilder trustOwnConfigurations() {
    trust = true;
    return this;
  }

  /**
   * Opens the repositories and reads their configurations.
   *
   * @throws io.archmage.git.UnusableRepositoryException if a directory belongs to no repository
   *     that can be used
   * @throws ConfigurationProblemsException if a configuration is wrong
   * @throws io.archmage.settings.SettingsException if a file cannot be read, or no variable says
   *     where the state directory is
   * @throws IllegalStateException if there is no repository, one is named twice, or the commands
   *     in one's own configuration are not approved
   */
  public ArchmagePlugin build() {
    if (repositories.isEmpty()) {
      throw new IllegalStateException("There is no repository to serve. Name one, at least.");
    }
    StateDirectory state =
        stateDirectory == null
            ? StateDirectory.of(System.getenv(), OperatingSystem.current())
            : new StateDirectory(stateDirectory);
    ProjectLoader loader = new ProjectLoader(state);
    TrustStore store = new TrustStore(state);
    Map<String, Project> projects = new LinkedHashMap<>();
    for (Function<ProjectLoader, LoadedProject> repository : repositories) {
      LoadedProject loaded = repository.apply(loader);
      Project project = loaded.project();
      if (!trust && !store.trusts(loaded)) {
        throw new IllegalStateException(notApproved(project));
      }
      if (projects.put(project.id(), project) != null) {
        throw new IllegalStateException("The repository " + project.path() + " is named twice.");
      }
    }
    return new ArchmagePlugin(
        new WorkerSettings(List.copyOf(projects.values()), taskQueue, host, null,
            WorkerRules.OnStop.DETACH));
  }

  private static String notApproved(Project project) {
    return "The configuration "
        + ProjectLoader.OWN_CONFIGURATION
        + " of "
        + project.path()
        + " names commands that nobody has approved on this machine. Look at it, then name the"
        + " file in repository(…), or call trustOwnConfigurations().";
  }
}
