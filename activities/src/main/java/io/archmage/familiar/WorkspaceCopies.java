package io.archmage.familiar;

import io.archmage.contract.AttemptFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Puts files of the user's checkout that git does not have into a workspace. */
final class WorkspaceCopies {

  private final Path checkout;
  private final Path files;

  /**
   * @param checkout the top of the user's checkout
   * @param files the top of the workspace's files
   */
  WorkspaceCopies(Path checkout, Path files) {
    this.checkout = checkout;
    this.files = files;
  }

  /**
   * Copies them, in place of what is there.
   *
   * @throws NotReadyException if one is no file of the checkout, or its place leads elsewhere
   */
  void copy(List<String> paths) throws IOException, NotReadyException {
    for (String path : paths) {
      Path source = checkout.resolve(path);
      if (!Files.isRegularFile(source)
          || !source.toRealPath().startsWith(checkout.toRealPath())) {
        throw new NotReadyException(
            Kind.UNAVAILABLE,
            "workspace.copy names "
                + path
                + ", which is no file of "
                + checkout
                + "; make it, or take it out of the configuration");
      }
      Path target = files.resolve(path);
      requireOwnDirectories(path);
      Files.createDirectories(target.getParent());
      Files.copy(
          source,
          target,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /** A link among the files could lead the copy out of the workspace. */
  private void requireOwnDirectories(String path) throws NotReadyException {
    Path directory = files;
    Path parent = Path.of(path).getParent();
    for (Path name : parent == null ? List.<Path>of() : parent) {
      directory = directory.resolve(name);
      if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new NotReadyException(
            Kind.UNAVAILABLE,
            "workspace.copy names " + path + ", but its directory is a link or a file there");
      }
    }
  }
}
