package io.archmage.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * What JGit may know of the system: all but git's system-wide configuration, for which it would
 * start the git program twice. What of it matters to Archmage is asked of git itself.
 */
final class OwnSystemReader extends SystemReader.Delegate {

  private OwnSystemReader(SystemReader others) {
    super(others);
  }

  /** Replaces JGit's reader for this process, once. */
  static synchronized void install() {
    if (!(SystemReader.getInstance() instanceof OwnSystemReader)) {
      SystemReader.setInstance(new OwnSystemReader(SystemReader.getInstance()));
    }
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new FileBasedConfig(parent, null, fs) {
      @Override
      public void load() {
        // There is no file.
      }

      @Override
      public boolean isOutdated() {
        return false;
      }
    };
  }
}
