package io.archmage.worker;

import io.archmage.project.Project;
import org.jspecify.annotations.Nullable;

/**
 * A project with where its configuration came from.
 *
 * @param project the project
 * @param configurationFile the configuration's file as messages name it, or null for the defaults
 * @param own whether that file belongs to the repository and was not given explicitly
 */
public record LoadedProject(Project project, @Nullable String configurationFile, boolean own) {

  /**
   * Whether it brings commands, or an address to tell, that a person must have approved on this
   * machine.
   */
  public boolean needsTrust() {
    return own
        && project.configuration().reachesOut();
  }
}
