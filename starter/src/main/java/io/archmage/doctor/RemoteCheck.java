package io.archmage.doctor;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.project.Project;
import io.archmage.settings.SettingsException;
import io.archmage.settings.StateDirectory;
import io.archmage.share.RemoteAwayException;
import io.archmage.share.RemoteRefusedException;
import io.archmage.share.RemoteShare;
import io.archmage.share.RemoteWait;
import io.archmage.worker.ConfigurationProblemsException;
import io.archmage.worker.ProjectLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The remote through which several machines share runs: whether it answers and takes pushes. */
public final class RemoteCheck implements Check {

  private final StateDirectory state;
  private final Path directory;
  private final @Nullable Path explicit;

  /**
   * @param directory any directory of the repository
   * @param explicit the configuration given explicitly, or null for the repository's own
   */
  public RemoteCheck(StateDirectory state, Path directory, @Nullable Path explicit) {
    this.state = state;
    this.directory = directory;
    this.explicit = explicit;
  }

  @Override
  public String name() {
    return "remote";
  }

  @Override
  public List<Finding> look() {
    Project project;
    try {
      project = new ProjectLoader(state).load(directory, explicit).project();
    } catch (RemoteRefusedException missing) {
      return List.of(Finding.problem(name(), String.valueOf(missing.getMessage()), null));
    } catch (GitException | ConfigurationProblemsException | SettingsException e) {
      return List.of(
          Finding.warning(name(), "not looked at: there is no usable configuration", null));
    }
    try {
      return List.of(look(project));
    } finally {
      project.repository().close();
    }
  }

  private Finding look(Project project) {
    Optional<RemoteShare> share = RemoteShare.of(project, RemoteWait.NOT_AT_ALL);
    Optional<CommitId> head = project.repository().head();
    if (share.isEmpty() || head.isEmpty()) {
      return Finding.ok(name(), "runs stay on this machine");
    }
    try {
      share.get().probe(head.get());
      return Finding.ok(name(), share.get().title() + " answers and takes pushes");
    } catch (RemoteAwayException away) {
      return Finding.problem(
          name(),
          String.valueOf(away.getMessage()),
          "Look whether this works: git ls-remote " + share.get().name());
    } catch (RemoteRefusedException refused) {
      return Finding.problem(name(), String.valueOf(refused.getMessage()), null);
    }
  }
}
