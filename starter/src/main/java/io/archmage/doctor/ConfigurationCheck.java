package io.archmage.doctor;

import io.archmage.git.GitException;
import io.archmage.plan.PlanProblem;
import io.archmage.settings.SettingsException;
import io.archmage.settings.StateDirectory;
import io.archmage.share.RemoteRefusedException;
import io.archmage.worker.ConfigurationProblemsException;
import io.archmage.worker.LoadedProject;
import io.archmage.worker.ProjectLoader;
import io.archmage.worker.TrustStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration of a repository and the familiars in it. */
public final class ConfigurationCheck implements Check {

  private final StateDirectory state;
  private final Path directory;
  private final @Nullable Path explicit;
  private final Map<String, String> environment;

  /**
   * @param directory any directory of the repository
   * @param explicit the configuration given explicitly, or null for the repository's own
   * @param environment the variables that a worker started here would have
   */
  public ConfigurationCheck(
      StateDirectory state,
      Path directory,
      @Nullable Path explicit,
      Map<String, String> environment) {
    this.state = state;
    this.directory = directory;
    this.explicit = explicit;
    this.environment = environment;
  }

  @Override
  public String name() {
    return "configuration";
  }

  @Override
  public List<Finding> look() throws InterruptedException {
    LoadedProject loaded;
    try {
      loaded = new ProjectLoader(state).load(directory, explicit);
    } catch (ConfigurationProblemsException e) {
      return e.problems().stream().map(this::wrong).toList();
    } catch (RemoteRefusedException e) {
      return List.of(Finding.problem(name(), String.valueOf(e.getMessage()), null));
    } catch (GitException e) {
      return List.of(Finding.warning(name(), "not looked at: there is no repository", null));
    } catch (SettingsException e) {
      return List.of(Finding.problem(name(), String.valueOf(e.getMessage()), null));
    }
    List<Finding> findings = new ArrayList<>();
    if (loaded.configurationFile() == null) {
      findings.add(
          Finding.warning(
              name(),
              "There is no " + ProjectLoader.OWN_CONFIGURATION + ", so no familiar has a command",
              "Write one with: archmage init"));
    } else {
      findings.add(Finding.ok(name(), loaded.configurationFile()));
      if (loaded.project().configuration().familiars().isEmpty()) {
        findings.add(
            Finding.warning(
                name(),
                "It names no familiar, so plans are refused",
                "Give one a command in it: familiars: {codex: {command: [...]}}"));
      }
    }
    boolean trusted = new TrustStore(state).trusts(loaded);
    if (!trusted) {
      findings.add(
          Finding.warning(
              name(),
              "Nobody has approved its commands on this machine",
              "Look at them, then use --trust with the next run, or name the file with --config."));
    }
    findings.addAll(new FamiliarCheck(loaded.project(), environment, trusted).look());
    loaded.project().repository().close();
    return findings;
  }

  private Finding wrong(PlanProblem problem) {
    String place = problem.file() == null ? "" : problem.file() + ":" + problem.line() + ": ";
    return Finding.problem(name(), place + problem.message(), problem.fix());
  }
}
